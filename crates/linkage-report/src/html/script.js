'use strict';
// Nothing here makes content: it filters, folds and switches what the page has.
(() => {
  const root = document.documentElement, $ = id => document.getElementById(id);
  root.classList.add('on');
  const form = $('filter'), list = $('list'), status = $('shown');
  const all = list ? [...list.children] : [];
  document.querySelectorAll('.finding').forEach(item => { item.tabIndex = -1; });
  const texts = [];
  let state = {};

  // The address: #ANCHOR?key=value&...
  const read = () => {
    const [anchor, query] = decodeURI(location.hash.slice(1)).split(/\?(.*)/s);
    return { anchor, query: query === undefined ? null : Object.fromEntries(new URLSearchParams(query)) };
  };
  const write = anchor => {
    const query = new URLSearchParams(state).toString();
    history.replaceState(null, '', '#' + anchor + (query ? '?' + query : ''));
  };

  // "0-3.7-8/2-4;..." against the chosen matter and area.
  const meets = (runs, want) => {
    if (!want) return true;
    const [start, end] = want.split('-').map(Number);
    return runs.split('.').some(run => {
      const [from, to] = run.split('-').map(Number);
      return from < end && start < to;
    });
  };
  const within = (item, matter, area) => !matter && !area || (item.dataset.p || '').split(';').some(box => {
    const [matters, areas] = box.split('/');
    return matters && meets(matters, matter) && meets(areas, area);
  });

  // "e-bike", "e_bike" and "ebike" are one word to whoever searches, and full width is half width.
  const plain = text => text.normalize('NFKC').toLowerCase().replace(/[-_\u2010\u2011]/g, '');

  const filter = () => {
    const words = plain(state.q || '').split(/\s+/).filter(Boolean);
    let count = 0;
    all.forEach((item, at) => {
      const data = item.dataset;
      let fits = (!state.s || data.s === state.s) && (!state.f || data.f === state.f) && (!state.c || data.c === state.c)
        && (!state.b || (data.b || '').split(' ').includes(state.b)) && within(item, state.m, state.a);
      if (fits && words.length) {
        const text = texts[at] ??= plain(item.textContent);
        fits = words.every(word => text.includes(word));
      }
      item.hidden = !fits;
      count += fits;
    });
    if (status) status.textContent = root.dataset.lang === 'zh' ? `显示${count}项，共${all.length}项` : `${count} of ${all.length} findings are shown`;
  };

  const language = key => {
    root.dataset.lang = root.lang = key;
    document.querySelectorAll('option').forEach(option => { option.textContent = option.dataset[key]; });
    $('lang').textContent = key === 'zh' ? 'English' : '中文';
    const title = document.querySelector('h1 [lang="' + key + '"]');
    if (title) document.title = title.textContent;
  };

  const apply = () => {
    if (form) for (const field of form.elements) if (field.name) field.value = state[field.name] || '';
    language(state.l || root.dataset.lang);
    if (state.t) root.dataset.theme = state.t;
    filter();
  };

  const follow = () => {
    const { anchor, query } = read();
    if (query) state = query;
    const target = anchor && $(anchor);
    apply();
    // What is linked to is shown, whatever is filtered.
    if (target && target.hidden) {
      ['q', 's', 'f', 'c', 'b', 'm', 'a'].forEach(key => delete state[key]);
      apply();
    }
    for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    if (!anchor && query && Object.keys(query).some(key => !'lt'.includes(key)) && $('findings')) $('findings').scrollIntoView();
    if (target) { target.scrollIntoView(); if (target.matches('.finding')) target.focus({ preventScroll: true }); }
    write(anchor || '');
  };
  addEventListener('hashchange', follow);

  if (form) {
    const take = () => {
      for (const field of form.elements) if (field.name) { if (field.value) state[field.name] = field.value; else delete state[field.name]; }
      filter();
      write(read().anchor || '');
    };
    form.addEventListener('input', take);
    form.addEventListener('submit', event => { event.preventDefault(); take(); });
    form.addEventListener('reset', () => setTimeout(take));
  }
  $('lang').addEventListener('click', () => { state.l = root.dataset.lang === 'zh' ? 'en' : 'zh'; apply(); write(read().anchor || ''); });
  $('theme').addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    state.t = dark ? 'light' : 'dark';
    apply();
    write(read().anchor || '');
  });

  // j, k and / work while the focus is in the list, so that they never stand in the way of typing.
  if (list) list.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { event.preventDefault(); $('q').focus(); return; }
    if (event.key !== 'j' && event.key !== 'k') return;
    const shown = all.filter(item => !item.hidden);
    const at = shown.indexOf(document.activeElement.closest('.finding')) + (event.key === 'j' ? 1 : -1);
    const next = shown[Math.max(0, Math.min(shown.length - 1, at))];
    if (next) { next.focus(); next.scrollIntoView(); write(next.id); }
  });
  if ($('q')) $('q').addEventListener('keydown', event => {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    const first = all.find(item => !item.hidden);
    if (first) { event.preventDefault(); first.focus(); first.scrollIntoView(); }
  });

  // The matrix folds along both trees.
  const grid = $('grid');
  if (grid) {
    const rows = [...grid.tBodies[0].rows], columns = [...grid.tHead.rows[0].cells].slice(1);
    const axes = [rows, columns];
    const open = axes.map(axis => axis.map(node => +node.dataset.d < 2));
    const label = node => (node.cells ? node.cells[0] : node).querySelector('.t');
    const paint = () => {
      const hidden = axes.map((axis, which) => {
        let limit = Infinity;
        return axis.map((node, at) => {
          const depth = +node.dataset.d;
          if (depth <= limit) limit = Infinity;
          const hide = depth > limit;
          if (!hide && label(node) && !open[which][at]) limit = depth;
          return hide;
        });
      });
      rows.forEach((row, at) => {
        row.hidden = hidden[0][at];
        if (!row.hidden) columns.forEach((_, column) => { row.cells[column + 1].hidden = hidden[1][column]; });
      });
      columns.forEach((cell, at) => { cell.hidden = hidden[1][at]; });
      axes.forEach((axis, which) => axis.forEach((node, at) => {
        const button = (node.cells ? node.cells[0] : node).querySelector('button');
        if (button) button.setAttribute('aria-expanded', open[which][at]);
      }));
    };
    axes.forEach((axis, which) => axis.forEach((node, at) => {
      const name = label(node);
      if (!name) return;
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...name.childNodes);
      name.append(button);
      button.addEventListener('click', () => { open[which][at] = !open[which][at]; paint(); });
    }));
    $('unfold').addEventListener('click', event => {
      const button = event.currentTarget, unfold = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', unfold);
      axes.forEach((axis, which) => axis.forEach((node, at) => { open[which][at] = unfold || +node.dataset.d < 2; }));
      paint();
    });
    // A cell shows its findings, and those alone.
    grid.addEventListener('click', event => {
      const link = event.target.closest('td a');
      if (!link) return;
      event.preventDefault();
      const cell = link.parentElement;
      state.m = cell.parentElement.dataset.m;
      state.a = columns[cell.cellIndex - 1].dataset.a;
      for (const [name, value] of [['m', state.m], ['a', state.a]]) {
        const field = form.elements[name];
        if (![...field.options].some(option => option.value === value)) delete state[name];
      }
      apply();
      const target = $(link.hash.slice(1));
      if (target) { target.hidden = false; target.focus({ preventScroll: true }); target.scrollIntoView(); write(target.id); }
    });
    paint();
  }

  // A picture in its own size, or as wide as the page.
  document.querySelectorAll('button.fit').forEach(button => button.addEventListener('click', () => {
    const fit = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', fit);
    button.parentElement.nextElementSibling.classList.toggle('fit', fit);
  }));

  // What is folded is printed too.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach(details => { details.open = true; });
  });
  addEventListener('afterprint', () => folded.forEach(details => { details.open = false; }));
  follow();
})();
