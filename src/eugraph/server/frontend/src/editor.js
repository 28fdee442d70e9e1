// The query form made comfortable: the form works without this script, and does the same.
import { completions } from "./completion.js";
import { createEditor } from "./codemirror.js";
import { showResults } from "./results.js";
import { offerLink } from "./links.js";

const LONGEST_ADDRESS = 4000;

/** Replaces the text area of `form` by an editor that keeps it filled in. */
async function enhance(form) {
  const area = form.elements.query;
  const language = form.elements.lang ? `?lang=${form.elements.lang.value}` : "";
  const vocabulary = fetch(form.dataset.vocabulary + language)
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
  const editor = createEditor({
    area,
    label: form.querySelector("label[for=query]").textContent,
    completions: completions(vocabulary),
    run: () => form.requestSubmit(),
  });
  const ask = async (view, address) => {
    if (view) form.elements.view.value = view;
    form.setAttribute("aria-busy", "true");
    const error = await showResults(form);
    if (error === undefined) return;
    form.removeAttribute("aria-busy");
    document.querySelector(".examples")?.removeAttribute("open");
    document.getElementById("results").scrollIntoView({ block: "nearest" });
    editor.mark(error);
    const asked = address ?? `${form.action}?${new URLSearchParams(new FormData(form))}`;
    if (!error && asked.length < LONGEST_ADDRESS) history.replaceState(null, "", asked);
  };
  form.addEventListener("submit", (event) => {
    // A download is a request of its own, which the browser keeps.
    if (event.submitter?.formAction && event.submitter.hasAttribute("formaction")) return;
    event.preventDefault();
    ask();
  });
  // Whoever has an answer before them and chooses how to see it need not ask again.
  form.elements.view.addEventListener("change", () => {
    if (document.querySelector("#results h2, #results .error")) ask();
  });
  document.addEventListener("click", (event) => {
    const tab = event.target.closest("#results [data-view]");
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(tab.dataset.view);
  });
  offerLink(form);
  form.querySelector(".keys")?.removeAttribute("hidden");
  const shown = document.querySelector("#results [data-line]");
  if (shown) editor.mark(shown.dataset);
}

document.querySelectorAll("form[data-editor]").forEach(enhance);
