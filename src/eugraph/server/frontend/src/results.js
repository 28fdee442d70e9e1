// Asks as the form would, and puts the part of the answer that holds the results into this page.

/**
 * Shows what `query` gives.
 * @returns {Promise<?{line?: string, column?: string, message: string}>} what is wrong, if anything
 */
export async function showResults(form, query) {
  const results = document.getElementById("results");
  let page;
  try {
    const body = new URLSearchParams({ query, view: form.elements.view.value });
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    page = null;
  }
  const found = page?.getElementById("results");
  if (!found) {
    results.textContent = form.dataset.failed;
    return { message: form.dataset.failed };
  }
  results.replaceWith(document.adoptNode(found));
  const wrong = found.querySelector(".error");
  return wrong ? { ...wrong.dataset, message: wrong.textContent.trim() } : null;
}
