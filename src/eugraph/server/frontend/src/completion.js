// What the editor offers: variables of the query, prefixes, classes and properties with how often
// the data use them, and the words of SPARQL.
const WORDS = [
  "ASK", "BIND", "CONSTRUCT", "DESCRIBE", "DISTINCT", "EXISTS", "FILTER", "GRAPH", "GROUP BY",
  "HAVING", "LIMIT", "MINUS", "NOT EXISTS", "OFFSET", "OPTIONAL", "ORDER BY", "PREFIX", "SELECT",
  "UNION", "VALUES", "WHERE", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT",
  "STR", "LANG", "DATATYPE", "BOUND", "CONTAINS", "STRSTARTS", "REGEX", "LCASE", "YEAR", "COALESCE",
];

/** Returns a completion source over `vocabulary`, a promise of what the server knows. */
export function completions(vocabulary) {
  return async (context) => {
    const word = context.matchBefore(/[?$]?[\p{L}\p{N}_-]*(?::[\p{L}\p{N}_-]*)?/u);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const known = await vocabulary;
    const options = /^[?$]/.test(word.text)
      ? variables(context.state.doc.toString(), word.text)
      : [...terms(known, word.text), ...words()];
    return { from: word.from, options, validFor: /^[?$]?[\p{L}\p{N}_:-]*$/u };
  };
}

function variables(text, typed) {
  const names = new Set(text.match(/[?$][\p{L}\p{N}_]+/gu) ?? []);
  names.delete(typed);
  return [...names].map((label) => ({ label, type: "variable" }));
}

function words() {
  return WORDS.map((label) => ({ label, type: "keyword", boost: -1 }));
}

function terms(known, typed) {
  if (!known) return [];
  const options = known.terms.map((term) => ({
    label: term.name,
    displayLabel: term.name,
    detail: [term.label, term.count ? `× ${term.count}` : ""].filter(Boolean).join("  "),
    info: term.text || undefined,
    type: term.kind,
    // The more the data use a term, the nearer to the top; at most 50.
    boost: Math.min(Math.log2(1 + term.count) * 3, 50),
    apply: (view, completion, from, to) => insert(view, known, term.name, from, to),
  }));
  const prefixes = typed.includes(":")
    ? []
    : Object.keys(known.prefixes).map((name) => ({
        label: `${name}:`, type: "namespace", detail: known.prefixes[name],
        apply: (view, completion, from, to) => insert(view, known, `${name}:`, from, to),
      }));
  return [...options, ...prefixes];
}

/** Writes `name` at `from`, and its prefix at the top where the query lacks it. */
function insert(view, known, name, from, to) {
  const prefix = name.slice(0, name.indexOf(":"));
  const declared = new RegExp(`^\\s*PREFIX\\s+${prefix}:`, "im").test(view.state.doc.toString());
  const line = view.state.doc.lineAt(from).text;
  const changes = [{ from, to, insert: name }];
  let shift = 0;
  if (!declared && !/^\s*PREFIX/i.test(line) && known.prefixes[prefix]) {
    const insertion = `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n`;
    changes.unshift({ from: 0, insert: insertion });
    shift = insertion.length;
  }
  view.dispatch({ changes, selection: { anchor: from + shift + name.length }, userEvent: "input.complete" });
}
