// Asks as the form would, and puts the part of the answer that holds the results into this page.

let asked = 0;

/**
 * Shows what the query in `form` gives, unless it is asked again before the answer is there.
 * @returns {Promise<?{line?: string, column?: string, message: string}>} what is wrong, if anything;
 *   undefined if another answer is to be shown
 */
export async function showResults(form) {
  asked += 1;
  const turn = asked;
  let page;
  try {
    // With all the form holds: the reader's language may be among it.
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    page = null;
  }
  if (turn !== asked) return undefined;
  const results = document.getElementById("results");
  const found = page?.getElementById("results");
  if (!found) {
    results.textContent = form.dataset.failed;
    return { message: form.dataset.failed };
  }
  results.replaceWith(document.adoptNode(found));
  const wrong = found.querySelector(".error");
  return wrong ? { ...wrong.dataset, message: wrong.textContent.trim() } : null;
}
