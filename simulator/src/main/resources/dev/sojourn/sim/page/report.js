'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const world = JSON.parse(document.getElementById('world').textContent);
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const s = data.scenario;
  // Okabe and Ito's colours, told apart by the colour-blind too; dashes tell apart what colours do not.
  const palette = {
    'ours': [dark ? '#ff9a4d' : '#d55e00', []],
    'central': [dark ? '#56b4e9' : '#0072b2', []],
    'everywhere-async': ['#009e73', []],
    'everywhere-quorum': ['#009e73', [7, 4]],
    'sticky-home': [dark ? '#e8ebef' : '#1c2430', []],
    'hash': [dark ? '#56b4e9' : '#0072b2', [7, 4]],
    'first-touch': ['#cc79a7', []],
    'sealed-cookie': [dark ? '#f0e442' : '#b59a00', []],
    'offline-optimum': [dark ? '#a0a9b6' : '#5c6675', [2, 3]],
  };
  const colour = name => (palette[name] || ['#888', [3, 3]]);
  const number = new Intl.NumberFormat('en');
  const percent = (share, places) => (100 * share).toFixed(places) + ' %';
  const byId = id => document.getElementById(id);
  const text = (id, value) => { byId(id).textContent = value; };

  function span(millis) {
    const minutes = millis / 60000;
    if (minutes < 1) return (millis / 1000).toFixed(millis < 10000 ? 1 : 0) + ' s';
    if (minutes < 120) return Math.round(minutes) + ' min';
    const hours = minutes / 60;
    if (hours < 72) return (Math.round(hours * 10) / 10) + ' h';
    const days = hours / 24;
    return days < 900 ? Math.round(days) + ' days' : Math.round(days / 365.25) + ' years';
  }

  function clock(millis) {
    const two = value => String(value).padStart(2, '0');
    const minutes = Math.floor(millis / 60000);
    const time = two(Math.floor(minutes / 60) % 24) + ':' + two(minutes % 60);
    const day = Math.floor(minutes / 1440) + 1;
    return s.lengthMillis > 86400000 ? 'day ' + number.format(day) + ', ' + time : time;
  }

  text('name', s.name);
  text('question', s.question);
  text('facts', [number.format(s.users) + ' users', number.format(s.sessions) + ' sessions',
    number.format(s.requests) + ' requests', data.pops.length + ' POPs', span(s.lengthMillis) + ' of virtual time',
    'sessions of ' + number.format(s.sessionBytes) + ' bytes', 'rule for moving: ' + s.move, 'seed ' + s.seed].join(' · '));
  text('command', s.command);
  document.title = 'Sojourn: ' + s.name;

  const ours = data.strategies[0];
  const checks = d3.sum(data.promises, each => each.checks);
  const tiles = [
    [percent(ours.localShare, 1), 'of requests answered by the user’s own POP'],
    [ours.latencyMs.p99.toFixed(1) + ' ms', '99 of 100 requests take at most'],
    [number.format(data.handOffs.total), 'hand-offs between POPs'],
    [number.format(data.bound.beyond), 'requests over one round trip + 1 ms'],
    [percent(ours.availability, ours.availability === 1 ? 0 : 3), 'of requests answered' + (ours.refusedByPolicy
      ? ', ' + percent(ours.refusedByPolicy / ours.asked, 1) + ' refused by the policy' : '')],
    [number.format(checks), 'checks of promises, none broken'],
  ];
  d3.select('#tiles').selectAll('div').data(tiles).join('div').attr('class', 'tile')
    .html(d => '<b>' + d[0] + '</b><span>' + d[1] + '</span>');

  drawMap();
  drawLatency();
  drawTable();
  drawTime();
  drawResidency();
  drawStory();
  drawRegret();
  drawPromises();
  document.body.dataset.drawn = 'yes';

  function drawMap() {
    const width = 1120, height = 545;
    const projection = d3.geoNaturalEarth1().rotate([-10, 0]).fitExtent([[4, 4], [width - 4, height + 40]], {type: 'Sphere'});
    const path = d3.geoPath(projection);
    const svg = d3.select('#map').append('svg').attr('viewBox', [0, 0, width, 508]).attr('role', 'img')
      .attr('aria-label', 'a map of POPs and of the hand-offs between them');
    const countries = topojson.feature(world, world.objects.countries).features
      .filter(each => each.properties.name !== 'Antarctica');
    svg.append('g').selectAll('path').data(countries).join('path').attr('class', 'country').attr('d', path);
    const refusals = svg.append('g');
    const arcs = svg.append('g');
    const most = d3.max(data.pops, each => each.requests) || 1;
    const radius = d3.scaleSqrt([0, most], [1.1, 9]);
    const failed = new Set(data.faults.map(each => each.pop));
    const ordered = d3.sort(data.pops, each => -each.requests);
    svg.append('g').selectAll('circle').data(ordered).join('circle')
      .attr('class', each => failed.has(each.id) ? 'pop failed' : 'pop')
      .attr('cx', each => projection([each.lon, each.lat])[0]).attr('cy', each => projection([each.lon, each.lat])[1])
      .attr('r', each => radius(each.requests))
      .append('title').text(each => each.id + ' ' + each.city + ', ' + number.format(each.requests) + ' requests');

    function gather(routes, slice) {
      const pairs = new Map();
      for (const [at, from, to, count] of routes) {
        if (slice === 0 || at === slice - 1) {
          const key = from + '-' + to;
          pairs.set(key, {from, to, count: (pairs.get(key) ? pairs.get(key).count : 0) + count});
        }
      }
      return d3.sort([...pairs.values()], each => -each.count).slice(0, 700);
    }
    const place = pop => [data.pops[pop].lon, data.pops[pop].lat];
    function arcPath(d) {
      const a = projection(place(d.from)), b = projection(place(d.to));
      const dx = b[0] - a[0], dy = b[1] - a[1];
      const bend = 0.22;
      return 'M' + a + 'Q' + [(a[0] + b[0]) / 2 + dy * bend, (a[1] + b[1]) / 2 - dx * bend - Math.abs(dx) * 0.05] + ' ' + b;
    }
    function show(slice) {
      const moved = gather(data.handOffs.routes, slice);
      const top = d3.max(moved, each => each.count) || 1;
      const wide = d3.scaleSqrt([1, Math.max(2, top)], [0.7, 4]);
      const dense = d3.scaleLinear([20, 700], [0.75, 0.28]).clamp(true)(moved.length);
      arcs.selectAll('path').data(moved).join('path').attr('class', 'arc').attr('d', arcPath)
        .attr('stroke-width', each => wide(each.count)).attr('stroke-opacity', dense)
        .selectAll('title').data(each => [each]).join('title')
        .text(each => data.pops[each.from].id + ' to ' + data.pops[each.to].id + ': ' + each.count);
      const refused = gather(data.refusals.routes, slice).slice(0, 120);
      refusals.selectAll('path').data(refused).join('path').attr('class', 'refused').attr('d', arcPath)
        .attr('stroke-width', 1.2);
      refusals.selectAll('g').data(refused).join('g').attr('class', 'cross')
        .attr('transform', each => 'translate(' + projection(place(each.to)) + ')')
        .selectAll('path').data([0]).join('path').attr('d', 'M-4,-4L4,4M-4,4L4,-4');
      const from = (slice - 1) * s.lengthMillis / s.slices;
      text('clock', slice === 0 ? 'the whole run'
        : clock(from) + ' to ' + clock(from + s.lengthMillis / s.slices) + ', ' + number.format(d3.sum(moved, d => d.count)) + ' hand-offs');
    }
    const slider = byId('slider');
    slider.addEventListener('input', () => show(+slider.value));
    let timer = null;
    byId('play').addEventListener('click', () => {
      if (timer) { timer.stop(); timer = null; text('play', 'Play'); return; }
      text('play', 'Pause');
      timer = d3.interval(() => {
        slider.value = +slider.value >= s.slices ? 1 : +slider.value + 1;
        show(+slider.value);
      }, 220);
    });
    show(0);
  }

  function axis(more) {
    return Object.assign({stroke: css('--dim'), grid: {stroke: css('--line'), width: 1}, ticks: {stroke: css('--line')},
      font: '12px system-ui, sans-serif'}, more);
  }

  function drawLatency() {
    const x = ours.curve.map(point => point[0]);
    const slower = curve => curve.map(point => point[1] >= 1 ? null : Math.max(1e-5, 1 - point[1]));
    const shown = data.strategies.filter(each => each.answered > 0);
    const curves = shown.map(each => slower(each.curve));
    const series = shown.map(each => ({label: each.title, stroke: colour(each.name)[0], dash: colour(each.name)[1],
      width: each.name === 'ours' ? 3 : 1.8, spanGaps: false, points: {show: false},
      value: (u, v) => v == null ? '' : percent(v, 3)}));
    curves.push(slower(data.bound.curve));
    series.push({label: 'bound: round trip + 1 ms', stroke: css('--ink'), dash: [4, 4], width: 1.6, points: {show: false},
      value: (u, v) => v == null ? '' : percent(v, 3)});
    new uPlot({
      width: byId('latency').clientWidth, height: 380,
      legend: {markers: {width: 3, dash: (u, i) => i > 0 && u.series[i].dash && u.series[i].dash.length ? 'dashed' : 'solid'}},
      scales: {x: {time: false, distr: 3, range: [0.02, 1500]}, y: {distr: 3, range: [1e-4, 1.15]}},
      axes: [axis({values: (u, ticks) => ticks.map(v => v == null ? '' : v >= 1 ? v.toFixed(0) + ' ms' : v + ' ms')}),
        axis({size: 64, values: (u, ticks) => ticks.map(v => v == null ? '' : percent(v, v < 0.01 ? (v < 0.001 ? 2 : 1) : 0))})],
      series: [{label: 'slower than', value: (u, v) => v == null ? '…' : v.toFixed(2) + ' ms'}, ...series],
    }, [x, ...curves], byId('latency'));
  }

  function drawTable() {
    const columns = [
      ['', each => '<span class="swatch" style="border-color:' + colour(each.name)[0] + ';border-top-style:'
        + (colour(each.name)[1].length ? 'dashed' : 'solid') + '"></span>' + each.title],
      ['p50<br>ms', each => each.answered ? each.latencyMs.p50.toFixed(2) : '–'],
      ['p99<br>ms', each => each.answered ? each.latencyMs.p99.toFixed(1) : '–'],
      ['p99.9<br>ms', each => each.answered ? each.latencyMs.p999.toFixed(1) : '–'],
      ['local', each => each.answered ? percent(each.localShare, 1) : '–'],
      ['kB between POPs<br>per request', each => (each.bytes / 1000 / Math.max(1, each.asked)).toFixed(2)],
      ['copies<br>stored', each => each.copies.toFixed(each.copies < 10 ? 2 : 0)],
      ['stale<br>reads', each => number.format(each.staleReads)],
      ['updates<br>lost', each => number.format(each.updatesLost)],
      ['answered', each => percent(each.availability, each.availability === 1 ? 0 : 3)],
      ['cost over<br>optimum', each => each.regret == null ? '–' : each.regret.toFixed(2)],
    ];
    const table = d3.select('#table');
    table.append('thead').append('tr').selectAll('th').data(columns).join('th').html(each => each[0]);
    const rows = table.append('tbody').selectAll('tr').data(data.strategies).join('tr')
      .attr('class', each => each.name === 'ours' ? 'ours' : null);
    rows.selectAll('td').data(each => columns.map(column => ({column, each}))).join('td')
      .html(d => d.column[1](d.each))
      .attr('class', d => (d.column[0].startsWith('stale') && d.each.staleReads)
        || (d.column[0].startsWith('updates') && d.each.updatesLost)
        || (d.column[0] === 'answered' && d.each.availability < 0.9999) ? 'bad' : null);
    text('tablenote', 'The central store is at ' + s.central + '. Copies: how many POPs store a session, on average over'
      + ' requests. A sealed cookie takes no session over about 3,000 bytes, and each device has its own.');
  }

  function drawTime() {
    const x = d3.range(s.slices).map(i => (i + 0.5) * s.lengthMillis / s.slices / 3600000);
    const days = s.lengthMillis > 3 * 86400000;
    const bands = {hooks: {drawClear: [u => {
      for (const fault of data.faults) {
        const left = u.valToPos(fault.fromMillis / 3600000, 'x', true);
        const right = u.valToPos(fault.untilMillis / 3600000, 'x', true);
        u.ctx.fillStyle = css('--refused') + '33';
        u.ctx.fillRect(left, u.bbox.top, Math.max(2, right - left), u.bbox.height);
      }
    }]}};
    const chart = (id, value, range, format, distr) => {
      const lines = data.strategies.map(each => x.map((_, i) => value(each, i)));
      new uPlot({
        width: Math.max(280, byId(id).clientWidth), height: 220, legend: {show: false}, plugins: [bands],
        cursor: {show: false},
        scales: {x: {time: false, range: [0, s.lengthMillis / 3600000]}, y: {range, distr}},
        axes: [axis({values: (u, ticks) => ticks.map(v => days ? Math.round(v / 24) + ' d' : v + ' h')}),
          axis({size: 58, values: (u, ticks) => ticks.map(v => v == null ? '' : format(v))})],
        series: [{}, ...data.strategies.map(each => ({stroke: colour(each.name)[0], dash: colour(each.name)[1],
          width: each.name === 'ours' ? 2.6 : 1.3, points: {show: false}, spanGaps: true}))],
      }, [x, ...lines], byId(id));
    };
    const share = (part, whole) => whole ? part / whole : null;
    chart('local', (each, i) => share(each.slices.local[i], each.slices.answered[i]), [-0.02, 1.02], v => percent(v, 0), 1);
    const least = d3.min(data.strategies, each => d3.min(d3.range(s.slices), i => share(each.slices.answered[i], each.slices.asked[i])));
    chart('answered', (each, i) => share(each.slices.answered[i], each.slices.asked[i]), [Math.min(0.9, least - 0.02), 1.005], v => percent(v, 0), 1);
    chart('bytes', (each, i) => Math.max(1, share(each.slices.bytes[i], each.slices.asked[i]) || 1), [1, 1e6],
      v => v >= 1e6 ? v / 1e6 + ' MB' : v >= 1000 ? v / 1000 + ' kB' : v + ' B', 3);
    text('faults', data.faults.length === 0 ? 'No POP failed in this scenario.' : 'Shaded: '
      + data.faults.map(each => each.pop + (each.kind === 'down' ? ' is down' : ' is cut off') + ' from ' + clock(each.fromMillis)
      + ' for ' + span(each.untilMillis - each.fromMillis)).join('; ') + '.');
  }

  function drawResidency() {
    const told = data.residency;
    if (!told) { byId('residencysection').remove(); return; }
    text('residencylead', 'Policy ' + told.policy + ', namespace ' + told.namespace + '. Every strategy is judged by it; only ours asks it.'
      + ' A session that must not follow is served from where it may be, without what may not be seen; a request that names such data is refused.');
    const share = (part, each) => number.format(part) + (part ? ' (' + percent(part / Math.max(1, each.asked), 1) + ')' : '');
    const columns = [
      ['', each => each.title],
      ['requests after which data<br>rest where they may not', each => share(each.restedAmiss, each), each => each.restedAmiss],
      ['requests that show data<br>where they may not be seen', each => share(each.seenAmiss, each), each => each.seenAmiss],
      ['requests refused<br>by the policy', each => share(each.refusedByPolicy, each)],
    ];
    const table = d3.select('#violations');
    table.append('thead').append('tr').selectAll('th').data(columns).join('th').html(each => each[0]);
    table.append('tbody').selectAll('tr').data(data.strategies).join('tr').attr('class', each => each.name === 'ours' ? 'ours' : null)
      .selectAll('td').data(each => columns.map(column => ({column, each}))).join('td')
      .text(d => d.column[1](d.each)).attr('class', d => d.column[2] && d.column[2](d.each) ? 'bad' : null);
    const acts = ['moved', 'served', 'redacted', 'refused'];
    const rows = new Map();
    for (const [dataClass, residency, act, country, rules, times] of told.ledger) {
      if (!acts.includes(act)) continue;
      const key = [dataClass, residency, country].join();
      const row = rows.get(key) || {dataClass, residency, country, rules: new Set(), times: {}, all: 0};
      row.times[act] = (row.times[act] || 0) + times;
      row.all += times;
      if (rules) rules.split('+').forEach(rule => row.rules.add(rule));
      rows.set(key, row);
    }
    const most = d3.sort([...rows.values()], row => -row.all, row => row.dataClass, row => row.residency, row => row.country);
    // Half of the lines for what did not go, which people look for, and half for what did.
    const kept = row => (row.times.refused || 0) + (row.times.redacted || 0);
    const stopped = d3.sort(most.filter(kept), row => -kept(row)).slice(0, 12);
    const shown = [...stopped, ...most.filter(row => !stopped.includes(row)).slice(0, 12)];
    const heads = ['class', 'residents of', 'at', 'moved', 'served', 'left out', 'refused', 'by rule'];
    const ledger = d3.select('#ledger');
    ledger.append('thead').append('tr').selectAll('th').data(heads).join('th').text(head => head)
      .attr('class', (head, i) => i < 3 || i === 7 ? 'left' : null);
    ledger.append('tbody').selectAll('tr').data(shown).join('tr').attr('class', 'act')
      .selectAll('td').data(row => [row.dataClass, row.residency, row.country,
        ...acts.map(act => row.times[act] ? number.format(row.times[act]) : '–'), [...row.rules].join(', ') || 'no rule speaks']).join('td')
      .text(cell => cell).attr('class', (cell, i) => i < 3 || i === 7 ? 'left' : null);
    text('ledgernote', shown.length === 0 ? 'Nothing moved, was served, left out or refused.' : (most.length > shown.length
      ? 'Those of most that was refused or left out, then those of most that moved or was served; ' + number.format(most.length - shown.length)
        + ' more, and what was created, taken and erased, are in residency.csv.'
      : 'What was created, taken and erased is in residency.csv.'));
  }

  function drawStory() {
    const episodes = [];
    for (const entry of data.story) {
      const last = episodes[episodes.length - 1];
      if (last && entry.atMicros - last.until < 1.5e6) { last.entries.push(entry); }
      else { episodes.push({from: entry.atMicros, entries: [entry]}); }
      const now = episodes[episodes.length - 1];
      now.until = Math.max(now.until || 0, entry.atMicros, entry.untilMicros);
    }
    const telling = episodes.filter(each => each.entries.some(entry => entry.kind === 'sent'));
    const shown = telling.slice(0, 6);
    if (shown.length === 0) { byId('storysection').remove(); return; }
    const boxes = d3.select('#story').selectAll('div').data(shown).join('div').attr('class', 'episode');
    boxes.each(function (episode) {
      const box = d3.select(this);
      const before = episodes.slice(0, episodes.indexOf(episode)).filter(each => each.entries.some(e => e.kind === 'asked'));
      const lanes = [...new Set(episode.entries.flatMap(each => [each.pop, each.toPop]))];
      box.append('p').text('at ' + clock(episode.from / 1000) + ', after ' + before.length + ' requests or bursts');
      const width = 460, top = 24, lane = 58, left = 62;
      const height = top + lane * (lanes.length - 1) + 44;
      const said = d3.max(episode.entries.filter(each => each.kind === 'sent'), each => each.untilMicros);
      const until = Math.max(episode.from + 2000, Math.min(episode.until, said + (said - episode.from) * 0.15));
      const x = d3.scaleLinear([episode.from, until], [left, width - 116]); // the last label needs room
      const y = pop => top + lane * lanes.indexOf(pop);
      const svg = box.append('svg').attr('viewBox', [0, 0, width, height]);
      svg.append('defs').append('marker').attr('id', 'head').attr('viewBox', '0 0 8 8').attr('refX', 7).attr('refY', 4)
        .attr('markerWidth', 7).attr('markerHeight', 7).attr('orient', 'auto').append('path').attr('d', 'M0,0L8,4L0,8z').attr('fill', css('--arc'));
      for (const pop of lanes) {
        svg.append('line').attr('class', 'lane').attr('x1', left).attr('x2', width - 8).attr('y1', y(pop)).attr('y2', y(pop));
        svg.append('text').attr('class', 'lanelabel').attr('x', 4).attr('y', y(pop) + 4).text(data.pops[pop].id);
        svg.append('text').attr('class', 'tick').attr('x', 4).attr('y', y(pop) + 16).text(data.pops[pop].city.slice(0, 11));
      }
      // What goes the same way at the same time gets one arrow and one label.
      const messages = [...d3.group(episode.entries.filter(each => each.kind === 'sent'),
        each => [each.atMicros, each.untilMicros, each.pop, each.toPop].join()).values()]
        .map(same => Object.assign({}, same[0], {what: same.map(each => each.what).join(' + ')}));
      messages.forEach((each, i) => {
        const at = x(each.atMicros), to = x(each.untilMicros);
        svg.append('path').attr('class', 'message').attr('marker-end', 'url(#head)')
          .attr('d', 'M' + [at, y(each.pop)] + 'L' + [to, y(each.toPop)]);
        // Beside the arrow and near its sender: question and answer go opposite ways, so their labels do not meet.
        const share = i % 4 < 2 ? 0.26 : 0.38;
        svg.append('text').attr('class', 'messagelabel')
          .attr('x', at + (to - at) * share + 7).attr('y', y(each.pop) + (y(each.toPop) - y(each.pop)) * share + 3)
          .text(each.what.replace('epoch ', 'e').replace(' serve', ''));
      });
      for (const each of episode.entries) {
        if (each.kind === 'sent' || each.atMicros > until) continue;
        const mark = each.kind === 'stored' ? d3.symbolSquare : each.kind === 'asked' ? d3.symbolCircle : d3.symbolDiamond;
        svg.append('path').attr('class', 'happening ' + each.kind).attr('d', d3.symbol(mark, 46)())
          .attr('transform', 'translate(' + [x(each.atMicros), y(each.pop)] + ')')
          .append('title').text(each.kind + ': ' + each.what + ', ' + ((each.atMicros - episode.from) / 1000).toFixed(2) + ' ms');
      }
      const foot = svg.append('g').attr('class', 'axis').attr('transform', 'translate(0,' + (height - 20) + ')');
      foot.call(d3.axisBottom(d3.scaleLinear([0, (x.domain()[1] - episode.from) / 1000], x.range())).ticks(5).tickFormat(v => v + ' ms'));
    });
    d3.select('#storysection').append('p').attr('class', 'note').text('Circle: a device asks. Diamond: it is answered. Square: durable'
      + ' on disk. ' + (telling.length > shown.length ? (telling.length - shown.length) + ' more boxes are in report.json.' : ''));
  }

  function drawRegret() {
    if (data.regret.length === 0) { byId('regretsection').remove(); return; }
    if (data.residency) text('regretlaw', ' Neither a rule here nor the best schedule asks the policy; ours above does, and pays for it.');
    const width = 900, row = 34, left = 90, height = row * data.regret.length + 34;
    const most = d3.max(data.regret, each => Math.max(each.bound || 0, each.worst));
    const x = d3.scaleLog([1, Math.max(2, most)], [left, width - 190]);
    const svg = d3.select('#regret').append('svg').attr('viewBox', [0, 0, width, height]).style('width', '100%').style('max-width', '980px');
    svg.append('g').attr('class', 'axis').attr('transform', 'translate(0,' + (height - 26) + ')')
      .call(d3.axisBottom(x).ticks(8).tickFormat(v => '125'.includes(String(v)[0]) ? v + ' ×' : ''));
    data.regret.forEach((each, i) => {
      const y = i * row + 6;
      svg.append('text').attr('class', 'lanelabel').attr('x', 4).attr('y', y + 16).text(each.rule + (each.rule === s.move ? ' (ours)' : ''));
      svg.append('rect').attr('class', 'bar').attr('x', left).attr('y', y + 3).attr('height', row - 16)
        .attr('width', Math.max(1, x(each.ratio) - left));
      svg.append('path').attr('class', 'worst').attr('d', d3.symbol(d3.symbolTriangle, 70)())
        .attr('transform', 'translate(' + [x(each.worst), y + 12] + ')');
      if (each.bound != null) {
        svg.append('line').attr('class', 'bound').attr('x1', x(each.bound)).attr('x2', x(each.bound)).attr('y1', y - 2).attr('y2', y + 26);
      }
      svg.append('text').attr('class', 'tick').attr('x', width - 180).attr('y', y + 16)
        .text('mean ' + each.ratio.toFixed(2) + ', worst ' + each.worst.toFixed(2)
          + (each.bound == null ? ', no bound' : ', bound ' + each.bound.toFixed(2)));
    });
  }

  function drawPromises() {
    const table = d3.select('#promises');
    table.append('thead').append('tr').selectAll('th').data(['promise', '', 'checks', 'broken']).join('th').text(each => each);
    const rows = table.append('tbody').selectAll('tr').data(data.promises).join('tr');
    rows.append('td').text(each => each.name);
    rows.append('td').attr('class', 'wrap').text(each => each.what);
    rows.append('td').text(each => each.checks === 0 && each.name === 'no alarm' ? 'always on' : number.format(each.checks));
    rows.append('td').text('0');
  }
})();
