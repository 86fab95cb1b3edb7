// Long lists, of which only the rows in sight exist.
const rowHeight = 34;

function windowed(box, text, chosen) {
  let items = [];
  const sheet = document.createElement('div');
  box.append(sheet);
  const draw = () => {
    const from = Math.max(0, Math.floor(box.scrollTop / rowHeight) - 5), to = Math.min(items.length, from + Math.ceil(box.clientHeight / rowHeight) + 10);
    sheet.style.height = `${items.length * rowHeight}px`;
    let out = '';
    for (let i = from; i < to; i++) out += `<div role="listitem" aria-posinset="${i + 1}" aria-setsize="${items.length}" style="top:${i * rowHeight}px"><button type="button" data-choose="${items[i].id ?? items[i].node}"${items[i].number ? ` data-goto="${items[i].number}"` : ''}${items[i] === chosen() ? ' class="now"' : ''}>${text(items[i])}</button></div>`;
    const focused = sheet.contains(document.activeElement) ? document.activeElement.parentNode.getAttribute('aria-posinset') : null;
    sheet.innerHTML = out;
    if (focused) (sheet.querySelector(`[aria-posinset="${focused}"]>button`) ?? box).focus({ preventScroll: true });
  };
  box.addEventListener('scroll', draw, { passive: true });
  addEventListener('resize', draw);
  return {
    fill(list) { items = list; box.scrollTop = 0; draw(); },
    see(item) {
      const at = items.indexOf(item) * rowHeight;
      if (at >= 0 && (at < box.scrollTop || at + rowHeight > box.scrollTop + box.clientHeight)) box.scrollTop = Math.max(0, at - box.clientHeight / 2);
      draw();
    },
  };
}
