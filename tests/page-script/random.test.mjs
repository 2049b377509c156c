import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./script.mjs";

const { begin, step } = script;
const sequences = 4000;
const length = 60;

// Mulberry32: the same sequence for the same seed, so that a failure can be played again.
const randomOf = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

/** What the browser is by the machine's own effects: the questions that are open, and the pause that runs. */
const play = (seed) => {
  const random = randomOf(seed);
  const pick = (items) => items[Math.floor(random() * items.length)];
  const world = { open: null, pause: null, isGone: false };
  let wait = begin("waiting", 1);
  let turns = 0;

  const send = (event) => {
    const [next, effects] = step(wait, event);
    wait = next;
    for (const effect of effects) {
      assert.equal(world.isGone, false, "something was done after the page had gone");
      if (effect.do === "ask") {
        // As the page does: what was under way is dropped first.
        world.open = effect;
        world.pause = null;
        assert.ok(effect.turn > turns, "a turn came twice");
        turns = effect.turn;
        assert.equal(wait.left, false, "a question after a form was sent");
      } else if (effect.do === "rest") {
        world.open = world.pause = null;
      } else if (effect.do === "pause") {
        assert.equal(world.open, null, "a pause beside an open question");
        assert.ok(effect.milliseconds >= 0 && effect.milliseconds <= 30000, `a pause of ${effect.milliseconds}`);
        world.pause = effect;
      } else if (effect.do === "go") {
        world.isGone = true;
      }
    }
  };

  const events = {
    answer: () => {
      const { turn, held } = world.open;
      world.open = null;
      const state = random() < 0.05 ? pick(["approved", "declined", "unknown"]) : "waiting";
      send({ type: "answer", turn, held, took: random() * 25000, state, version: 1 + Math.floor(random() * 5), expiresIn: 60 });
      if (state !== "waiting") assert.equal(world.isGone, true, "a change was not followed");
    },
    failure: () => {
      const { turn } = world.open;
      world.open = null;
      send({ type: "failure", turn, hidden: random() < 0.2 });
    },
    stale: () => send({ type: pick(["answer", "failure"]), turn: Math.floor(random() * turns), held: true, took: 1, state: "declined", version: 1 }),
    due: () => {
      const { held } = world.pause;
      world.pause = null;
      send({ type: "due", held });
    },
    wake: () => send({ type: "wake" }),
    leave: () => send({ type: "leave" }),
    stay: () => send({ type: "stay" }),
  };

  send({ type: "due", held: true });
  for (let i = 0; i < length; i++) {
    const possible = ["wake", "leave", "stay", "stale"];
    if (world.open) possible.push("answer", "answer", "answer", "failure", "failure");
    if (world.pause) possible.push("due", "due", "due");
    events[pick(possible)]();
    // While it waits, something will always happen by itself.
    assert.ok(world.isGone || wait.left || (world.open !== null) !== (world.pause !== null), "the wait stands still");
  }
};

test(`${sequences * length} random events: one question at a time, none after the page is left, and never a standstill`, () => {
  for (let seed = 1; seed <= sequences; seed++) {
    try {
      play(seed);
    } catch (error) {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    }
  }
});
