// Suggestions while somebody types into the search field; the field works without.
const field = document.querySelector("[data-suggestions]");
const list = field && document.getElementById(field.getAttribute("list"));
let waiting = 0;
let asked = "";
const suggest = async () => {
  const words = field.value.trim();
  if (words.length < 2 || words === asked) return;
  asked = words;
  try {
    const answer = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(words)}`);
    if (!answer.ok || field.value.trim() !== words) return;
    const found = await answer.json();
    list.replaceChildren(...found.map((each) => {
      const option = document.createElement("option");
      option.value = each.name;
      if (each.when) option.label = `${each.name} · ${each.when}`;
      return option;
    }));
  } catch { /* no suggestions then */ }
};
if (list) {
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(suggest, 150); });
}
