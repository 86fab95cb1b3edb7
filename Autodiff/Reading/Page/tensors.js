// Tensors: small ones whole, as matrices; larger ones as heat maps with their range.
const shades = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz012345678', darkest = 30;

function cell(v, largest, note) {
  const share = typeof v === 'number' && largest > 0 ? Math.abs(v) / largest : 0;
  return `<td class="${v < 0 ? 'n' : 'p'}${note ? ` ${note}` : ''}" style="--t:${(share * 42).toFixed(0)}%" title="${escaped(v)}">${number(v)}</td>`;
}

function matrix(sizes, values, notes = []) {
  if (values.length === 0) return '<p class="none">no elements</p>';
  const columns = sizes.length ? sizes[sizes.length - 1] : 1, rows = sizes.length > 1 ? sizes[sizes.length - 2] : 1;
  const largest = values.reduce((m, v) => typeof v === 'number' ? Math.max(m, Math.abs(v)) : m, 0);
  const blocks = [];
  for (let start = 0; start < values.length; start += rows * columns) {
    let body = '';
    for (let r = 0; r < rows; r++) {
      body += '<tr>';
      for (let c = 0; c < columns; c++) body += cell(values[start + r * columns + c], largest, notes[start + r * columns + c]);
      body += '</tr>';
    }
    const at = sizes.length > 2 ? `<caption>[${index(sizes.slice(0, -2), start / (rows * columns)).join(', ')}]</caption>` : '';
    blocks.push(`<table class="${sizes.length ? 'matrix' : 'matrix scalar'}">${at}<tbody>${body}</tbody></table>`);
  }
  return `<div class="matrices">${blocks.join('')}</div>`;
}

function map([at, rows, columns, rowStep, columnStep, text]) {
  const paths = new Map();
  [...text].forEach((c, i) => paths.set(c, `${paths.get(c) || ''}M${i % columns} ${Math.floor(i / columns)}h.94v.94h-.94z`));
  const drawn = [...paths].map(([c, d]) => {
    const shade = shades.indexOf(c) - darkest;
    return c === '9' ? `<path class="x" d="${d}"/>` : `<path class="${shade < 0 ? 'n' : 'p'}" fill-opacity="${(.06 + .94 * Math.abs(shade) / darkest).toFixed(2)}" d="${d}"/>`;
  }).join('');
  const steps = [[rowStep, 'row'], [columnStep, 'column']].filter(([step]) => step > 1).map(([step, what]) => `one ${what} of ${step}`).join(', ');
  const sampled = steps ? `<figcaption>${steps}</figcaption>` : '';
  const size = Math.max(3, Math.min(14, Math.floor(160 / columns)));
  return `<figure class="map">${at.length ? `<figcaption>[${at.join(', ')}]</figcaption>` : ''}<svg role="img" aria-label="heat map" width="${columns * size}" viewBox="0 0 ${columns} ${rows}">${drawn}</svg>${sampled}</figure>`;
}

function tensor([sizes, values, least, greatest, maps], notes) {
  if (least === undefined) return matrix(sizes, values, notes);
  const count = sizes.reduce((a, b) => a * b, 1), slices = sizes.slice(0, -2).reduce((a, b) => a * b, 1);
  const more = maps.length && slices > maps.length ? ` (${maps.length} of ${slices} matrices)` : '';
  return `<div class="maps">${maps.map(map).join('')}</div><p class="range">${number(least)} to ${number(greatest)}, ${count} elements${more}</p><p class="range">${values.map(v => number(v)).join(', ')}, …</p>`;
}
