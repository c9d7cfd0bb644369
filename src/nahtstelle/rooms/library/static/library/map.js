// The map is a table of links without this file; with it, one stop of the tabulator, and the arrow keys inside.
(() => {
  const table = document.querySelector("[data-map]");
  if (!table) return;
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td a")]);
  if (!rows.length || !rows[0].length) return;
  const hint = document.querySelector("[data-map-keys]");
  if (hint) hint.hidden = false;
  const shown = (cell) => cell && cell.offsetParent !== null;
  let here = rows.flat().find((cell) => cell.parentElement.matches(":not(.lib-map__cell--gap)")) || rows[0][0];
  rows.flat().forEach((cell) => { cell.tabIndex = -1; });
  here.tabIndex = 0;

  const go = (cell) => {
    here.tabIndex = -1;
    here = cell;
    here.tabIndex = 0;
    here.focus();
  };
  const place = (cell) => {
    const y = rows.findIndex((row) => row.includes(cell));
    return [y, rows[y].indexOf(cell)];
  };
  // Onward in one direction to the next cell that is drawn: on a phone gaps are not.
  const next = (y, x, down, right) => {
    let [row, column] = [y + down, x + right];
    while (rows[row] && rows[row][column]) {
      if (shown(rows[row][column])) return rows[row][column];
      row += down;
      column += right;
    }
    return null;
  };
  // Where rows are blocks below each other, down and up go through all that is drawn.
  const stacked = () => getComputedStyle(table).display === "block";
  const along = (cell, by) => {
    const drawn = rows.flat().filter(shown);
    return drawn[drawn.indexOf(cell) + by];
  };

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td a");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const [y, x] = place(cell);
    const drawn = rows[y].filter(shown);
    const list = stacked();
    const target = {
      ArrowRight: () => (list ? along(cell, 1) : next(y, x, 0, 1)),
      ArrowLeft: () => (list ? along(cell, -1) : next(y, x, 0, -1)),
      ArrowDown: () => (list ? along(cell, 1) : next(y, x, 1, 0)),
      ArrowUp: () => (list ? along(cell, -1) : next(y, x, -1, 0)),
      Home: () => drawn[0],
      End: () => drawn[drawn.length - 1],
      PageDown: () => next(Math.min(y + 4, rows.length - 2), x, 1, 0),
      PageUp: () => next(Math.max(y - 4, 1), x, -1, 0),
    }[event.key];
    if (!target) return;
    event.preventDefault();
    const found = target();
    if (found) go(found);
  });
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td a");
    if (!cell || cell === here) return;
    here.tabIndex = -1;
    here = cell;
    here.tabIndex = 0;
  });
})();
