'use strict';
/** The map: cities to click, where the copies are, and the path of each request. */
function drawWorld(countries, pops, onClick) {
  const width = 900, height = 430, shown = 7;
  // The Pacific is whole here, so that no path has to cross the edge.
  const projection = d3.geoNaturalEarth1().rotate([112, 0])
    .fitExtent([[-2, -6], [width + 2, height + 90]], {type: 'Polygon', coordinates: [[[55, 72], [55, -42], [-40, -42], [-112, -42], [-200, -42], [-279, -42], [-279, 72], [-200, 72], [-112, 72], [-30, 72], [55, 72]]]});
  const path = d3.geoPath(projection);
  const svg = d3.select('#map').append('svg').attr('viewBox', [0, 30, width, height - 30])
    .attr('role', 'group').attr('aria-label', 'a map of the POPs; each is a button');
  svg.append('g').selectAll('path').data(topojson.feature(countries, countries.objects.countries).features)
    .join('path').attr('class', 'country').attr('d', path);
  const paths = svg.append('g');
  const costs = svg.append('g');
  const at = new Map(pops.map(each => [each.id, projection([each.longitude, each.latitude])]));
  // Boston and New York are neighbours on a map of the world: their names go different ways.
  const label = {bos: [15, -6, 'start'], jfk: [13, 20, 'start'], sjc: [-15, 5, 'end'], nrt: [-15, 5, 'end'], fra: [13, 20, 'start']};
  const cities = svg.append('g').selectAll('g').data(pops).join('g').attr('class', 'pop')
    .attr('id', each => 'pop-' + each.id).attr('tabindex', 0).attr('role', 'button').attr('aria-label', each => 'be in ' + each.city)
    .attr('transform', each => 'translate(' + at.get(each.id) + ')')
    .on('click', (event, each) => onClick(each.id))
    .on('keydown', (event, each) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); onClick(each.id); } });
  cities.append('circle').attr('r', 14).attr('fill', 'transparent');
  cities.append('circle').attr('class', 'dot').attr('r', 5.5);
  cities.append('text').attr('x', each => (label[each.id] || [12, 5])[0]).attr('y', each => (label[each.id] || [12, 5])[1])
    .attr('text-anchor', each => (label[each.id] || [0, 0, 'start'])[2]).text(each => each.city);
  cities.append('text').attr('class', 'sub').attr('x', each => (label[each.id] || [12, 5])[0]).attr('y', each => (label[each.id] || [12, 5])[1] + 14)
    .attr('text-anchor', each => (label[each.id] || [0, 0, 'start'])[2]);

  function arc(from, to, part = 1) {
    const [ax, ay] = at.get(from), [bx, by] = at.get(to);
    const length = Math.hypot(bx - ax, by - ay), lift = Math.max(26, length * 0.24);
    const mid = [(ax + bx) / 2, (ay + by) / 2 - lift];
    const curve = t => [(1 - t) * (1 - t) * ax + 2 * t * (1 - t) * mid[0] + t * t * bx, (1 - t) * (1 - t) * ay + 2 * t * (1 - t) * mid[1] + t * t * by];
    const points = d3.range(0, 33).map(i => curve(part * i / 32));
    return {d: d3.line()(points), top: curve(part / 2), end: points[32], before: points[30]};
  }

  const stopped = each => each.word === 'refused' || each.word === 'failed';
  // What is refused never leaves the user's POP for good.
  const way = each => stopped(each) ? arc(each.here, each.other, 0.3) : arc(each.other, each.here);

  const trail = [];
  function draw({word, here, other, cost}) {
    trail.push({word, here, other, cost, key: draw.count = (draw.count || 0) + 1});
    if (trail.length > shown) trail.shift();
    const age = each => trail.length - 1 - trail.indexOf(each);
    const groups = paths.selectAll('g.request').data(trail, each => each.key).join(enter => {
      const group = enter.append('g').attr('class', 'request');
      group.each(function (each) { shape(d3.select(this), each); });
      return group;
    });
    groups.attr('opacity', each => age(each) === 0 ? 1 : Math.max(0.1, 0.42 - 0.06 * age(each)));
    const last = trail[trail.length - 1];
    const place = last.other ? (way(last)[stopped(last) ? 'end' : 'top']).slice() : at.get(last.here).map((v, i) => v - (i ? 20 : 0));
    const near = last.other && Math.hypot(at.get(last.other)[0] - at.get(last.here)[0], at.get(last.other)[1] - at.get(last.here)[1]) < 60;
    // Between neighbours there is no room for words: they stand to the west.
    if (near) place[0] -= 92;
    costs.selectAll('text').data([last]).join('text').attr('class', 'cost').attr('x', Math.min(width - 70, Math.max(70, place[0]))).attr('y', Math.max(48, place[1] - (near ? -6 : 8))).text(last.cost);
  }

  function shape(group, each) {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const kind = 'path ' + each.word;
    if (!each.other) {
      const [x, y] = at.get(each.here);
      const ring = group.append('circle').attr('class', kind).attr('cx', x).attr('cy', y);
      if (still) ring.attr('r', 10); else ring.attr('r', 3).transition().duration(450).attr('r', 10);
      if (stopped(each)) group.append('path').attr('class', 'cross').attr('d', 'M-5,-5L5,5M-5,5L5,-5').attr('transform', 'translate(' + [x, y] + ')');
      return;
    }
    const {d, end, before} = way(each);
    const line = group.append('path').attr('class', kind).attr('d', d);
    if (stopped(each)) group.append('path').attr('class', 'cross').attr('d', 'M-6,-6L6,6M-6,6L6,-6').attr('transform', 'translate(' + end + ')');
    if (each.word === 'moved') {
      const turn = Math.atan2(end[1] - before[1], end[0] - before[0]) * 180 / Math.PI;
      group.append('path').attr('class', 'head moved').attr('d', 'M-6,0L-17,-5.5L-17,5.5Z').attr('transform', 'translate(' + end + ') rotate(' + turn + ')');
      if (!still) {
        const length = line.node().getTotalLength();
        line.attr('stroke-dasharray', length).attr('stroke-dashoffset', length).transition().duration(600).attr('stroke-dashoffset', 0)
          .on('end', () => line.attr('stroke-dasharray', null));
      }
    }
  }

  function mark(here, copies) {
    const states = new Map(copies.map(each => [each.pop, each]));
    cities.selectAll('.here, .copy').remove();
    cities.filter(each => each.id === here).insert('circle', 'text').attr('class', 'here').attr('r', 12);
    cities.filter(each => states.get(each.id) && states.get(each.id).payload).insert('rect', 'text').attr('class', 'copy')
      .attr('x', -5).attr('y', -5).attr('width', 10).attr('height', 10).attr('rx', 2);
    cities.attr('aria-pressed', each => each.id === here);
    cities.select('.sub').text(each => [each.id === here ? 'you' : '', states.get(each.id) && states.get(each.id).payload ? 'your session' : ''].filter(Boolean).join(', '));
  }
  return {draw, mark};
}
