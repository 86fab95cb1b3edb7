// What there is to know of one node.
const reference = (id, text) => `<button type="button" class="ref" data-choose="${id}">${escaped(text)}</button>`;

function compared(n) {
  const [sizes] = n.dvalue, every = n.differences.length === n.dvalue[1].length && n.dvalue[2] === undefined;
  const states = n.differences.map(d => ['', 'wrong', 'kink'][d[4]]);
  if (every) return matrix(sizes, n.differences.map(d => d[2]), states);
  return `<table class="sample"><thead><tr><th scope="col">element</th><th scope="col">cotangent</th><th scope="col">difference</th></tr></thead><tbody>${n.differences.map((d, i) =>
    `<tr class="${states[i]}"><th scope="row">[${index(sizes, d[0]).join(', ')}]</th><td>${number(d[1], 6)}</td><td>${number(d[2], 6)}</td></tr>`).join('')}</tbody></table>`;
}

function verdict(n) {
  const of = n.dvalue[0].reduce((a, b) => a * b, 1), wrong = n.differences.filter(d => d[4] === 1).length, kinks = n.differences.filter(d => d[4] === 2).length;
  const said = [];
  if (wrong) said.push(`<p class="verdict bad">✗ ${wrong} of ${n.differences.length} elements differ</p>`);
  if (kinks) said.push(`<p class="verdict kink">∿ beside ${kinks} of ${n.differences.length} elements the differences do not settle: a kink or a jump is near</p>`);
  const right = n.differences.filter(d => d[4] === 0);
  if (right.length) {
    const apart = Math.max(...right.map(d => Math.abs(d[1] - d[2])));
    said.push(`<p class="verdict ok">✓ ${right.length === of ? (of === 1 ? 'they agree' : `all ${of} elements agree`) : `${right.length} of ${of} elements compared agree`}, ${apart === 0 ? 'exactly' : `to ${number(apart, 2)}`}</p>`);
  }
  return said.join('');
}

function numbers(n) {
  if (!n.value) return '';
  const cost = escaped(nodes[data.cost].name), by = `∂${cost}/∂${escaped(n.name)}`;
  return `<div class="numbers"><figure class="f"><figcaption>value</figcaption>${tensor(n.value)}</figure>${n.dvalue
    ? `<figure class="b"><figcaption>cotangent, ${by}</figcaption>${tensor(n.dvalue)}</figure>${n.differences.length ? `<figure class="d"><figcaption>by differences</figcaption>${compared(n)}</figure>` : ''}` : ''}</div>${n.dvalue && n.differences.length ? verdict(n) : ''}`;
}

function rule(n) {
  if (!n.step) return '';
  const s = steps[n.step - 1];
  return `<section class="step"><h3><span>Step ${s.number}</span> the rule of <em>${escaped(s.rule)}</em> <button type="button" class="goto" data-goto="${s.number}">to this step</button></h3>
    <p class="statement">${escaped(s.statement)}</p>${s.where.map(w => `<p class="equation">with <code>${escaped(w)}</code></p>`).join('')}${s.equations.map(e => `<p class="equation"><code>${escaped(equation(e))}</code></p>`).join('')}${s.notes.map(t => `<p class="note">${escaped(t)}</p>`).join('')}</section>`;
}

function received(n) {
  if (n.id === data.cost) return `<p class="from"><code>${escaped(n.cotangent || '')} = 1</code>, for ∂${escaped(n.name)}/∂${escaped(n.name)} = 1</p>`;
  if (!n.cotangent) return '<p class="from">The derivation needs no cotangent of it.</p>';
  if (!n.gifts.length) return `<p class="from"><code>${escaped(n.cotangent)}</code> receives nothing.</p>`;
  const shown = n.gifts.slice(0, 12);
  return `<section class="from"><h3><code>${escaped(n.cotangent)}</code> receives</h3><ul>${shown.map(g =>
    `<li><code>${escaped(g.formula)}</code> from ${reference(g.step.node, nodes[g.step.node].name)}</li>`).join('')}</ul>${n.gifts.length > shown.length ? `<p>and from ${n.gifts.length - shown.length} more</p>` : ''}</section>`;
}

function details(id) {
  const n = nodes[id];
  return `<h2><code>${escaped(n.name)}</code> <span class="shape">${escaped(n.shape)}</span> <span class="kind">${n.formula === null ? 'variable' : id === data.cost ? 'the cost' : ''}</span></h2>
    ${n.formula === null ? '' : `<p class="line"><code>${escaped(line(n))}</code></p>`}${numbers(n)}${rule(n)}${received(n)}
    ${n.args.length ? `<p class="links">made of ${n.args.map(a => reference(a, nodes[a].name)).join(' ')}</p>` : ''}${n.users.length ? `<p class="links">used by ${n.users.slice(0, 12).map(u => reference(u, nodes[u].name)).join(' ')}${n.users.length > 12 ? ` and ${n.users.length - 12} more` : ''}</p>` : ''}`;
}
