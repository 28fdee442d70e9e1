// A short link to the query as it stands, kept on the server.

/** Lets the button `share` of `form` make a link and show it. */
export function offerLink(form) {
  const button = form.querySelector("[name=share]");
  const shown = form.querySelector("output");
  if (!button || !shown) return;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams({ query: form.elements.query.value, view: form.elements.view.value });
    const answer = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json().catch(() => ({}));
    shown.textContent = "";
    if (!told.path) {
      shown.textContent = told.detail ?? form.dataset.failed;
      return;
    }
    const link = document.createElement("a");
    link.href = told.path;
    link.textContent = new URL(told.path, location.href).href;
    shown.append(link);
    link.focus();
    navigator.clipboard?.writeText(link.textContent).catch(() => {});
  });
}
