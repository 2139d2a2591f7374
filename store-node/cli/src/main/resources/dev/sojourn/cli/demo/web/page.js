'use strict';
(async () => {
  const byId = id => document.getElementById(id);
  const json = async response => {
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const [world, countries] = await Promise.all([fetch('world').then(json), fetch('countries.json').then(json)]);
  const city = Object.fromEntries(world.pops.map(each => [each.id, each.city]));
  const why = Object.fromEntries(world.rules.map(each => [each.id, each.why]));
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const code = text => element('code', {textContent: text});
  let here = world.pops[0].id, owner = '', steps = Promise.resolve(), rows = 0;

  byId('runtime').textContent = world.runtime;
  const map = drawWorld(countries, world.pops, go);
  map.mark(here, []);
  showRules([]);
  byId('where').textContent = 'in ' + city[here];

  /** One thing after the other: the page shows what one user does. */
  function inTurn(step) {
    steps = steps.then(step).catch(error => { byId('told').textContent = 'This did not work: ' + error.message; });
    return steps;
  }

  function go(pop) {
    return inTurn(() => { here = pop; return ask('arrives', {}); });
  }

  async function ask(what, order) {
    document.body.dataset.busy = 'yes';
    byId('where').textContent = 'in ' + city[here];
    const answer = await fetch('at/' + here, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(order)}).then(json);
    const calls = answer.calls.map(read);
    const found = await fetch('at/' + here).then(json);
    // What was refused is drawn last, as it is what the user asked for.
    for (const call of d3.sort(calls, each => Boolean(each.error))) map.draw({word: call.word, here, other: call.other, cost: costOf(call)});
    map.mark(here, found.copies);
    showCart(answer);
    showCopies(found.copies);
    showRules(calls.filter(each => each.rule).map(each => each.rule).concat(found.rules.map(each => each.id)));
    tell(answer, calls, found);
    for (const call of calls) log(what, call, found.rules);
    document.body.dataset.busy = 'no';
    document.body.dataset.asked = 1 + Number(document.body.dataset.asked || 0);
  }

  /** What a call to the gateway came to, in the words of the legend. */
  function read({kind, millis, outcome, error}) {
    if (error) {
      const rule = (/rule `([^`]+)`/.exec(error.text) || [])[1];
      return {kind, millis, word: rule ? 'refused' : 'failed', trips: 0, rule, error, other: owner && owner !== here ? owner : undefined};
    }
    const before = owner;
    owner = outcome.sessionEnded ? '' : outcome.ownerPop || owner;
    const trips = outcome.roundTrips || 0;
    if (outcome.sessionCreated) return {kind, millis, word: 'created', trips, other: outcome.ownerPop === here ? undefined : outcome.ownerPop};
    if (outcome.how === 'GRANTED') return {kind, millis, word: 'moved', trips, other: before && before !== here ? before : undefined};
    if (outcome.how === 'EXECUTED_REMOTELY') return {kind, millis, word: 'remote', trips, other: outcome.ownerPop, redacted: outcome.redacted};
    return {kind, millis, word: 'local', trips};
  }

  const tripOf = call => call.other && call.trips ? world.roundTripMillis[here + '-' + call.other] : undefined;
  const tripsOf = count => count + (count === 1 ? ' round trip' : ' round trips');
  function costOf(call) {
    if (call.error) return call.rule ? 'refused by ' + call.rule : 'failed';
    return tripsOf(call.trips) + ', ' + call.millis.toFixed(0) + ' ms';
  }

  function showCart({cart, name, refused}) {
    byId('whose').textContent = name ? name + '’s cart' : 'Your cart';
    if (Object.keys(cart).length) byId('cart').replaceChildren(...Object.entries(cart).map(([fruit, count]) => {
      const button = element('button', {type: 'button', id: 'add-' + fruit, textContent: '+', title: 'one more of ' + fruit});
      button.addEventListener('click', () => inTurn(() => ask('adds ' + fruit, {add: fruit})));
      return element('li', {}, button, element('b', {textContent: count, id: 'count-' + fruit}), fruit);
    }));
    byId('refusal').hidden = !refused;
    if (refused) byId('refusal').replaceChildren(refused.text, element('br'), 'Remedy: ' + (refused.remedy || 'none is known'));
  }

  const states = {owned: 'owns it', received: 'owns it, not confirmed yet', granted_away: 'handed over, keeps it until that is confirmed', forward: 'knows where it went', tombstone: 'knows that it has ended', declined: 'gave it back'};
  function showCopies(copies) {
    const known = copies.filter(each => each.state !== 'absent');
    byId('copies').replaceChildren(...known.map(each => element('li', {},
      element('b', {textContent: city[each.pop]}),
      element('span', {className: each.payload ? 'held' : 'dim', textContent: (each.payload ? '■ ' : '') + (states[each.state] || each.state)}))));
    if (!known.some(each => each.payload)) byId('copies').append(element('li', {textContent: 'no copy anywhere'}));
  }

  function showRules(active) {
    byId('rules').replaceChildren(...world.rules.flatMap(({id, why: duty}) => {
      const className = active.includes(id) ? 'active' : '';
      return [element('dt', {className}, code(id)), element('dd', {className, textContent: duty})];
    }));
  }

  function tell({startedBecause, refused}, calls, found) {
    const last = calls.find(each => each.word !== 'local') || calls[0];
    const rule = (last && last.rule) || (found.rules[0] && found.rules[0].id);
    const parts = [];
    if (refused) {
      parts.push(rule ? 'Refused at ' + city[here] + ' before it had any effect, by rule ' : 'This did not work in ' + city[here] + ' for now: ' + refused.code + '.');
      if (rule) parts.push(code(rule), ': ' + why[rule]);
    } else if (!last) {
      parts.push('Nothing is stored yet' + (startedBecause === 'NO_HINT' ? ', and there is no cookie.' : '; the old cookie leads nowhere (' + startedBecause + ').'));
    } else if (last.word === 'created') {
      parts.push('A session was made in ' + city[owner] + '. The cookie holds a sealed hint to it.');
    } else if (last.word === 'moved') {
      parts.push('The session moved to ' + city[here] + (last.other ? ' from ' + city[last.other] : '') + ' in the round trip that served the request. ' + (last.other ? city[last.other] + ' keeps no copy once that is confirmed.' : ''));
    } else if (last.word === 'remote') {
      parts.push('The session stays in ' + city[last.other] + ', which answered ' + city[here] + ' in one round trip');
      if (rule) parts.push('. It may not rest here, by rule ', code(rule), ': ' + why[rule]);
      else parts.push('.');
      if (calls.some(each => each.redacted)) parts.push(' Your name was left out of the answer, as it may not be seen here.');
    } else {
      parts.push(owner ? 'Served in ' + city[here] + ' alone: no other POP was asked.' : 'The session has ended, everywhere.');
    }
    byId('told').replaceChildren(...parts);
  }

  function log(what, call, rules) {
    const trip = tripOf(call);
    const rule = call.rule || (call.word === 'remote' && rules[0] && rules[0].id);
    const words = {moved: 'moved from ', remote: 'remote, at ', created: 'created', local: 'local', refused: 'refused', failed: 'failed'};
    const row = element('tr', {},
      element('td', {textContent: city[here]}),
      element('td', {textContent: what}),
      element('td', {textContent: call.kind}),
      element('td', {}, element('span', {className: 'word ' + call.word, textContent: words[call.word] + (call.other && !call.error ? (call.word === 'created' ? ' at ' : '') + city[call.other] : '')})),
      element('td', {className: 'n', textContent: call.trips}),
      element('td', {className: 'n', textContent: call.millis.toFixed(1)}),
      element('td', {className: 'n', textContent: trip ? (call.millis / trip).toFixed(2) + ' × ' + trip.toFixed(1) + ' ms' : ''}),
      element('td', {}, ...(rule ? [code(rule)] : [])));
    if (rows++ === 0) byId('log').replaceChildren();
    byId('log').prepend(row);
  }

  byId('login').addEventListener('submit', event => {
    event.preventDefault();
    const name = byId('name').value.trim();
    if (name) inTurn(() => ask('logs in', {login: name}));
    byId('name').value = '';
  });
  byId('logout').addEventListener('click', () => inTurn(() => ask('logs out', {logout: true})));

  const pause = () => new Promise(done => setTimeout(done, 1800));
  byId('story').addEventListener('click', async () => {
    byId('story').disabled = true;
    const tale = [() => ask('logs out', {logout: true}), () => { here = 'bos'; return ask('arrives', {}); },
      () => ask('adds apples', {add: 'apples'}), () => ask('adds apples', {add: 'apples'}),
      () => { here = 'jfk'; return ask('arrives', {}); }, () => ask('logs in', {login: 'Ada'}),
      () => { here = 'nrt'; return ask('arrives', {}); }, () => ask('adds figs', {add: 'figs'}), () => ask('renames', {login: 'Ada K.'}),
      () => { here = 'bos'; return ask('arrives', {}); }];
    for (const step of tale) {
      await inTurn(step);
      await pause();
    }
    byId('story').disabled = false;
  });

  await inTurn(() => ask('arrives', {}));
  document.body.dataset.ready = 'yes';
})();
