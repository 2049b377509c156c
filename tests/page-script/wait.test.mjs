import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./script.mjs";

const { begin, step } = script;

/** Plays events and gives the wait after them with what the last one asked for. */
const play = (...events) => events.reduce(([wait], event) => step(wait, event), [begin("waiting", 7), []]);

const due = { type: "due", held: true };
const answer = (more) => ({ type: "answer", turn: 1, held: true, took: 25000, state: "waiting", version: 7, expiresIn: 100, ...more });
const failure = (more) => ({ type: "failure", turn: 1, hidden: false, ...more });

test("the first question is held by the server, which is told what was seen", () => {
  const [wait, effects] = play(due);
  assert.deepEqual(effects, [{ do: "ask", turn: 1, held: true, version: 7 }]);
  assert.equal(wait.asking, true);
});

test("an answer that changes nothing sets the clock and asks again at once", () => {
  const [, effects] = play(due, answer());
  assert.deepEqual(effects, [{ do: "say", what: "calm" }, { do: "clock", seconds: 100 }, { do: "pause", held: true, milliseconds: 0 }]);
});

test("the next question tells the version of the last answer", () => {
  const [, effects] = play(due, answer({ version: 9 }), due);
  assert.equal(effects[0].version, 9);
});

test("a server that does not hold is asked once a second", () => {
  const [, effects] = play(due, answer({ took: 10 }));
  assert.equal(effects.at(-1).milliseconds, 990);
});

for (const state of ["sending", "user_code", "declined", "expired", "cancelled", "failed", "redeemed", "unknown"]) {
  test(`an answer that says ${state} leads to the page that shows it`, () => {
    const [wait, effects] = play(due, answer({ state }));
    assert.deepEqual(effects, [{ do: "go" }]);
    assert.equal(wait.gone, true);
  });
}

test("an approval is told before the page goes on", () => {
  const [, effects] = play(due, answer({ state: "approved" }));
  assert.deepEqual(effects, [{ do: "say", what: "approved" }, { do: "go" }]);
});

test("the first failure is quiet and repeated soon, without being held", () => {
  const [, effects] = play(due, failure());
  assert.deepEqual(effects, [{ do: "pause", held: false, milliseconds: 500 }]);
});

test("from the second failure on trouble is told, and the pauses grow to five seconds", () => {
  let [wait, effects] = play(due, failure());
  const pauses = [];
  for (let turn = 2; turn < 9; turn++) {
    [wait] = step(wait, { type: "due", held: false });
    [wait, effects] = step(wait, failure({ turn }));
    assert.deepEqual(effects[0], { do: "say", what: "trouble" });
    pauses.push(effects[1].milliseconds);
  }

  assert.deepEqual(pauses, [1000, 2000, 4000, 5000, 5000, 5000, 5000]);
});

test("a hidden page that fails asks seldom", () => {
  const [, effects] = play(due, failure({ hidden: true }));
  assert.equal(effects.at(-1).milliseconds, 30000);
});

test("after a failure the first answer is had without waiting, and calm returns", () => {
  const [, effects] = play(due, failure(), { type: "due", held: false }, answer({ turn: 2, held: false, took: 3 }));
  assert.deepEqual(effects[0], { do: "say", what: "calm" });
  assert.equal(effects.at(-1).milliseconds, 0);
});

test("waking up asks at once in the place of the question under way, and forgets old failures", () => {
  const [, effects] = play(due, failure(), { type: "due", held: false }, failure({ turn: 2 }), { type: "wake" });
  assert.deepEqual(effects, [{ do: "ask", turn: 3, held: false, version: 7 }]);
  const [, after] = play(due, failure(), { type: "due", held: false }, failure({ turn: 2 }), { type: "wake" }, failure({ turn: 3 }));
  assert.deepEqual(after, [{ do: "pause", held: false, milliseconds: 500 }]);
});

test("an answer to an older question counts for nothing", () => {
  const [wait, effects] = play(due, { type: "wake" }, answer({ turn: 1, state: "declined" }));
  assert.deepEqual(effects, []);
  assert.equal(wait.gone, false);
});

test("a pause that ends while a question is under way starts no second one", () => {
  assert.deepEqual(play(due, due)[1], []);
});

test("who sends a form is not disturbed: the question is dropped, and none follows", () => {
  const [wait, effects] = play(due, { type: "leave" });
  assert.deepEqual(effects, [{ do: "rest" }]);
  for (const event of [due, { type: "wake" }, answer(), failure()]) assert.deepEqual(step(wait, event)[1], []);
});

test("where the form led nowhere the wait goes on", () => {
  const [, effects] = play(due, { type: "leave" }, { type: "stay" });
  assert.deepEqual(effects, [{ do: "ask", turn: 3, held: false, version: 7 }]);
});

test("once gone, nothing happens any more", () => {
  for (const event of [due, { type: "wake" }, { type: "leave" }, { type: "stay" }, answer({ state: "failed" })]) {
    assert.deepEqual(play(due, answer({ state: "declined" }), event)[1], []);
  }
});
