// The state of the page: how far the derivation is played, and which node is looked at.
const byId = id => document.getElementById(id), all = (query, from = document) => [...from.querySelectorAll(query)];
const at = byId('at'), panel = byId('details'), play = byId('play');
const last = steps.length, still = matchMedia('(prefers-reduced-motion: reduce)').matches;
let played = last, overview = true, chosen = data.cost, shown = data.cost, timer = 0, lists = [];

function caption() {
  if (overview) return `${last} steps, all of them shown`;
  if (played === 0) return `Start: <code>${escaped(nodes[data.cost].cotangent || nodes[data.cost].name)} = 1</code>`;
  const s = steps[played - 1];
  return `Step ${played} of ${last}: <code>${escaped(line(nodes[s.node]))}</code>, the rule of <em>${escaped(s.rule)}</em>`;
}

function marks() {
  const now = overview || played === 0 ? null : steps[played - 1], fed = new Set(now ? now.equations.map(e => e.target) : []), used = new Set(now ? now.uses : []);
  for (const g of all('.node')) {
    const i = +g.dataset.node, back = g.dataset.kind === 'c';
    g.classList.toggle('shown', i === shown);
    g.classList.toggle('now', now !== null && i === now.node || now === null && !overview && i === data.cost);
    g.classList.toggle('used', !back && used.has(i));
    g.classList.toggle('fed', back && fed.has(i));
    g.classList.toggle('later', back && nodes[i].reached > played);
    g.classList.toggle('part', back && nodes[i].reached <= played && nodes[i].gifts.some(gift => gift.step.number > played));
    g.setAttribute('aria-pressed', i === chosen);
  }
  for (const e of all('.edge')) {
    const step = +e.dataset.step;
    e.classList.toggle('later', step > played);
    e.classList.toggle('now', now !== null && (step ? step === played : +e.dataset.to === now.node));
    e.classList.toggle('shown', +e.dataset.from === shown || +e.dataset.to === shown);
  }
  for (const li of all('ol.backward>li')) {
    li.classList.toggle('later', +li.dataset.step > played);
    li.classList.toggle('now', now !== null && +li.dataset.step === played);
  }
  for (const li of all('ol.forward>li')) li.classList.toggle('now', now !== null && +li.dataset.of === now.node);
}

/** The node's box comes into sight within its pane; the page stays where it is. */
function see(id) {
  for (const g of all(`.node[data-node="${id}"]`)) {
    const pane = g.closest('.canvas'), box = g.getBoundingClientRect(), room = pane.getBoundingClientRect();
    if (box.top < room.top || box.bottom > room.bottom || box.left < room.left || box.right > room.right)
      pane.scrollBy({ top: (box.top + box.bottom - room.top - room.bottom) / 2, left: (box.left + box.right - room.left - room.right) / 2, behavior: still ? 'auto' : 'smooth' });
  }
}

function look(id) {
  shown = id;
  panel.innerHTML = details(id);
  marks();
}

function choose(id, seen = true) {
  chosen = id;
  if (data.large) {
    const focused = document.activeElement?.closest?.('.node');
    around(document.querySelector('svg.forward'), id, false);
    around(document.querySelector('svg.backward'), id, true);
    if (focused) document.querySelector(`.node[data-node="${id}"][data-kind="${focused.dataset.kind}"]`)?.focus();
    lists.forEach(l => l.see(id));
  }
  look(id);
  if (seen) see(id);
}

function move(to) {
  played = Math.max(0, Math.min(last, to));
  overview = false;
  at.value = played;
  byId('caption').innerHTML = caption();
  choose(played === 0 ? data.cost : steps[played - 1].node);
}

function stop() {
  clearInterval(timer);
  timer = 0;
  play.textContent = '▶';
  play.setAttribute('aria-label', 'play');
}

function start() {
  if (overview || played === last) move(0);
  timer = setInterval(() => { move(played + 1); if (played === last) stop(); }, 1500);
  play.textContent = '❚❚';
  play.setAttribute('aria-label', 'pause');
}

const by = to => () => { stop(); move(to()); };
const actions = { first: by(() => 0), back: by(() => overview ? last - 1 : played - 1), on: by(() => overview ? 1 : played + 1), last: by(() => last), play: () => timer ? stop() : start() };
for (const [id, action] of Object.entries(actions)) byId(id).addEventListener('click', action);
at.addEventListener('input', () => { stop(); move(+at.value); });

document.addEventListener('click', e => {
  const to = e.target.closest('[data-goto]'), link = e.target.closest('[data-choose]'), node = e.target.closest('.node'), row = e.target.closest('ol.forward>li,ol.backward>li>details>summary');
  if (to) { stop(); move(+to.dataset.goto); }
  else if (link) choose(+link.dataset.choose);
  else if (node) choose(+node.dataset.node);
  else if (row && !e.target.closest('a')) choose(row.dataset.of ? +row.dataset.of : steps[+row.closest('li').dataset.step - 1].node);
});
for (const pane of all('.canvas')) {
  pane.addEventListener('pointerover', e => { const g = e.target.closest('.node'); if (g && e.pointerType === 'mouse' && +g.dataset.node !== shown) look(+g.dataset.node); });
  pane.addEventListener('pointerleave', () => { if (shown !== chosen) look(chosen); });
  pane.addEventListener('focusin', e => { const g = e.target.closest('.node'); if (g && !data.large) choose(+g.dataset.node); });
}
document.addEventListener('keydown', e => {
  if (e.ctrlKey || e.altKey || e.metaKey || e.target.closest('input,.window')) return;
  const node = e.target.closest('.node');
  if (node && (e.key === 'Enter' || e.key === ' ')) choose(+node.dataset.node);
  else if (e.key === ' ' && !e.target.closest('button,a,summary')) actions.play();
  else if (e.key === 'ArrowRight') actions.on();
  else if (e.key === 'ArrowLeft') actions.back();
  else if (e.key === 'Home') actions.first();
  else if (e.key === 'End') actions.last();
  else return;
  e.preventDefault();
});

const root = document.documentElement, dark = () => getComputedStyle(root).colorScheme === 'dark' || !root.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches;
byId('theme').addEventListener('click', () => { root.dataset.theme = dark() ? 'light' : 'dark'; });

if (data.large) {
  const row = s => `<b>${s.number}</b> <code>${escaped(line(nodes[s.node]))}</code> <span class="rule">${escaped(s.rule)}</span>`;
  const values = windowed(document.querySelector('[data-list=nodes]'), n => `<code>${escaped(line(n))}</code> <span class="shape">${escaped(n.shape)}</span>`, () => nodes[chosen]);
  const backward = windowed(document.querySelector('[data-list=steps]'), row, () => steps[nodes[chosen].step - 1]);
  values.fill(nodes);
  backward.fill(steps);
  lists = [{ see: id => values.see(nodes[id]) }, { see: id => backward.see(steps[nodes[id].step - 1]) }];
  byId('find').addEventListener('input', e => {
    const wanted = e.target.value.trim();
    values.fill(nodes.filter(n => n.name.includes(wanted)));
    backward.fill(steps.filter(s => nodes[s.node].name.includes(wanted)));
  });
}
byId('caption').innerHTML = caption();
choose(chosen, false);
const asked = /^#at=(\d+)$/.exec(location.hash);
if (asked) move(+asked[1]);
