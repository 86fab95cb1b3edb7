// The data, and how names and numbers are written.
const data = JSON.parse(document.getElementById('data').textContent);
if (!data.nodes.length) return;
const nodes = data.nodes.map(([name, formula, shape, args, step, cotangent, value, dvalue, differences], id) =>
  ({ id, name, formula, shape, args, step, cotangent, value, dvalue, differences: differences || [], users: [], gifts: [], reached: Infinity }));
const steps = data.steps.map(([node, rule, statement, equations, notes, uses, where], i) => ({
  number: i + 1, node, rule: data.sentences[rule], statement: data.sentences[statement],
  equations: equations.map(([target, formula, adds]) => ({ target, formula, adds })), notes: notes.map(n => data.sentences[n]), uses, where }));
nodes.forEach(n => n.args.forEach(a => nodes[a].users.push(n.id)));
steps.forEach(s => s.equations.forEach(e => {
  nodes[e.target].gifts.push({ step: s, formula: e.formula });
  nodes[e.target].reached = Math.min(nodes[e.target].reached, s.number);
}));
nodes[data.cost].reached = 0;

const escaped = text => String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
const line = n => n.formula === null ? n.name : `${n.name} = ${n.formula}`;
const equation = e => `${nodes[e.target].cotangent} ${e.adds ? '+=' : '='} ${e.formula}`;

function number(v, digits = 4) {
  if (typeof v === 'string') return v;
  if (v === 0) return '0';
  const text = Math.abs(v) < 1e-3 || Math.abs(v) >= 1e5 ? v.toExponential(digits - 2).replace(/\.?0*e\+?/, 'e') : v.toPrecision(digits).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return text.replaceAll('-', '\u2212');
}

/** The index of an element that is counted in row-major order. */
function index(sizes, flat) {
  const at = [];
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    at.unshift(flat % sizes[axis]);
    flat = Math.floor(flat / sizes[axis]);
  }
  return at;
}
