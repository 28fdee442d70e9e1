// Asks as the form would, and puts the part of the answer that holds the results into this page.

/**
 * Shows what the query in `form` gives.
 * @returns {Promise<?{line?: string, column?: string, message: string}>} what is wrong, if anything
 */
export async function showResults(form) {
  const results = document.getElementById("results");
  let page;
  try {
    // With all the form holds: the reader's language may be among it.
    const body = new URLSearchParams(new FormData(form));
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
