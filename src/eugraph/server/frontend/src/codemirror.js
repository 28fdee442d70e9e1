// The editor itself. It lives in a shadow root: there CodeMirror adopts its style sheets instead of
// writing <style> elements, which the pages' Content-Security-Policy refuses.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

// The grammar names prefixed names and leaves them without a colour.
const SPARQL = new LanguageSupport(
  SparqlLanguage.configure({ props: [styleTags({ PrefixedName: tags.typeName })] }),
);

const THEME = EditorView.theme({
  "&": { color: "var(--ink, inherit)", backgroundColor: "var(--code-surface, transparent)", fontSize: "0.9rem" },
  "&.cm-focused": { outline: "2px solid var(--accent, currentColor)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'DejaVu Sans Mono', monospace", lineHeight: "1.5" },
  ".cm-content": { caretColor: "currentColor", minHeight: "14rem" },
  ".cm-cursor": { borderLeftColor: "currentColor" },
  ".cm-gutters": { color: "var(--code-comment, inherit)", backgroundColor: "transparent", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--code-line, #8881)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--code-selection, #6aa0e655)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--code-selection, #6aa0e655)" },
  ".cm-tooltip": { color: "var(--ink, #111)", backgroundColor: "var(--card, Canvas)", border: "1px solid var(--line, #888)" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxWidth: "min(40rem, 90vw)" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.5rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--card, Canvas)", backgroundColor: "var(--accent, Highlight)" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "1rem" },
  // CodeMirror's own mark is an image in a data: address, which the policy refuses.
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad, #b3261e)" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--bad, #b3261e)" },
});

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword, #7a3e9d)", fontWeight: "600" },
  { tag: [tags.variableName, tags.definition(tags.variableName)], color: "var(--code-variable, #0b5394)" },
  { tag: [tags.string, tags.number, tags.bool, tags.literal], color: "var(--code-literal, #8a4b08)" },
  { tag: [tags.namespace, tags.propertyName, tags.typeName, tags.url, tags.labelName], color: "var(--code-name, #1b6b45)" },
  { tag: tags.comment, color: "var(--code-comment, #5c6470)", fontStyle: "italic" },
]);

// Typing over several lines is done here: left alone, Chromium puts their colours into `style`
// attributes to keep them, which the policy refuses with an error in the console.
const TYPED_OVER_LINES = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to } = view.state.selection.main;
    const lines = view.state.doc.lineAt(from).number !== view.state.doc.lineAt(to).number;
    if (event.inputType !== "insertText" || event.data === null || !lines || view.composing) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

/**
 * Puts an editor in the place of `area`, which it keeps filled in.
 * @returns {{mark: (error: ?{line?: string, column?: string, message?: string}) => void}}
 */
export function createEditor({ area, label, completions, run }) {
  const host = document.createElement("div");
  host.className = "editor";
  const root = host.attachShadow({ mode: "open" });
  area.after(host);
  area.hidden = true;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(), highlightSpecialChars(), history(), drawSelection(), indentOnInput(),
        bracketMatching(), closeBrackets(), highlightActiveLine(), EditorView.lineWrapping,
        SPARQL, syntaxHighlighting(COLOURS), THEME, TYPED_OVER_LINES,
        autocompletion({ override: [completions], icons: false }),
        // Tab is not taken: it leads out of the editor, as keyboard users need.
        keymap.of([
          { key: "Mod-Enter", run: () => (run(), true) },
          ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap,
        ]),
        EditorView.contentAttributes.of({ "aria-label": label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) area.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  area.form.addEventListener("focus-editor", () => view.focus());
  return { mark: (error) => mark(view, error) };
}

function mark(view, error) {
  const found = [];
  const number = Number(error?.line);
  if (number >= 1 && number <= view.state.doc.lines) {
    const line = view.state.doc.line(number);
    const from = Math.min(line.from + Math.max(Number(error.column) - 1, 0) || line.from, line.to);
    found.push({ from, to: from < line.to ? line.to : from, severity: "error", message: error.message || "" });
    view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from) });
  }
  view.dispatch(setDiagnostics(view.state, found));
}
