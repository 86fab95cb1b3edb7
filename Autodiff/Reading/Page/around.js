// Of a graph that is too large to be drawn: the rows around a node, two above it and two below it where there are so many.
const most = 5, boxWidth = 168, boxHeight = 56, rowGap = 46, columnGap = 18;

function rows(id) {
  const seen = new Set([id]), all = [[id]];
  const next = (from, to) => {
    const found = [];
    for (const n of from) for (const m of to(nodes[n])) if (!seen.has(m) && found.length < most) { seen.add(m); found.push(m); }
    return found;
  };
  const below = () => { const row = next(all[all.length - 1], n => n.users); if (row.length) all.push(row); };
  const above = () => { const row = next(all[0], n => n.args); if (row.length) all.unshift(row); };
  above();
  below();
  above();
  below();
  while (all.length < 5) { const before = all.length; above(); if (all.length < 5) below(); if (all.length === before) break; }
  return all;
}

function around(svg, id, backward) {
  const places = new Map(), all = rows(id), widest = Math.max(...all.map(r => r.length)), width = widest * (boxWidth + columnGap) - columnGap;
  all.forEach((row, r) => row.forEach((n, i) => places.set(n, { x: (width - row.length * (boxWidth + columnGap) + columnGap) / 2 + i * (boxWidth + columnGap), y: r * (boxHeight + rowGap) })));
  const height = all.length * (boxHeight + rowGap) - rowGap, kind = backward ? 'c' : 'v', name = backward ? 'backward' : 'forward', cut = (t, n) => t.length > n ? `${t.slice(0, n - 1)}…` : t;
  let out = `<defs><marker id="tip-${name}" viewBox="0 0 8 8" refX="3" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0L8 4L0 8L2 4z"/></marker></defs>`;
  for (const [n, at] of places) for (const a of nodes[n].args) {
    const from = places.get(a);
    if (!from || from.y >= at.y || backward && !nodes[a].gifts.some(g => g.step.node === n)) continue;
    const x0 = from.x + boxWidth / 2, y0 = from.y + boxHeight, x1 = at.x + boxWidth / 2, y1 = at.y, middle = (y0 + y1) / 2;
    out += backward ? `<path class="edge" data-step="${nodes[n].step}" data-from="${n}" data-to="${a}" marker-end="url(#tip-backward)" d="M${x1} ${y1}C${x1} ${middle} ${x0} ${middle} ${x0} ${y0 + 5}"/>`
      : `<path class="edge" data-from="${a}" data-to="${n}" marker-end="url(#tip-forward)" d="M${x0} ${y0}C${x0} ${middle} ${x1} ${middle} ${x1} ${y1 - 5}"/>`;
  }
  for (const [i, at] of places) {
    const n = nodes[i], value = backward ? n.dvalue : n.value;
    if (backward && !n.cotangent) continue;
    const under = backward ? n.gifts.length ? n.gifts.map(g => g.formula).join(' + ') : i === data.cost ? '1' : '0' : n.formula || '';
    const beside = value && value[0].every(s => s === 1) ? `= ${number(value[1][0], 3)}` : n.shape, title = backward ? n.cotangent : n.name;
    out += `<g class="node${n.formula === null ? ' variable' : i === data.cost ? ' cost' : ''}" data-node="${i}" data-kind="${kind}" tabindex="0" role="button" aria-pressed="false" aria-label="${escaped(`${title} = ${under}`)}" transform="translate(${at.x} ${at.y})"><rect class="box" width="${boxWidth}" height="${boxHeight}" rx="9"/>
      <text class="name" x="12" y="24">${escaped(cut(title, 12))}<tspan class="shape" dx="7">${escaped(cut(beside, 8))}</tspan></text><text class="formula" x="12" y="43">${escaped(cut(under, 19))}</text></g>`;
  }
  svg.setAttribute('viewBox', `-12 -12 ${width + 24} ${height + 24}`);
  svg.setAttribute('width', width + 24);
  svg.setAttribute('height', height + 24);
  svg.style.setProperty('--w', `${width + 24}px`);
  svg.style.setProperty('--r', (width + 24) / (height + 24));
  svg.innerHTML = out;
}
