import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./script.mjs";

const { clockText, isSpoken, readAnswer, warn } = script;

test("a time reads as minutes and seconds", () => {
  assert.deepEqual([0, 9, 60, 75, 900].map(clockText), ["0:00", "0:09", "1:00", "1:15", "15:00"]);
});

test("the time is spoken at each whole minute and 20 seconds before the end", () => {
  assert.deepEqual([...Array(181).keys()].filter(isSpoken), [20, 60, 120, 180]);
});

test("the warning that time is almost up comes up once, at 30 seconds, and again where the clock was set forward", () => {
  const soon = { hidden: true };
  assert.deepEqual([32, 31, 30, 29, 0, 45, 28].map((seconds) => [warn(soon, seconds), soon.hidden]),
    [[false, true], [false, true], [true, false], [false, false], [false, false], [false, true], [true, false]]);
});

test("a warning that the page was written with has been read already", () => {
  assert.equal(warn({ hidden: false }, 25), false);
});

test("an answer of ours is read, and what is unknown in it ignored", () => {
  assert.deepEqual(readAnswer('{"state":"waiting","version":3,"expires_in":90,"more":1}'), { state: "waiting", version: 3, expiresIn: 90 });
});

for (const text of ["", "<!DOCTYPE html><title>Sign in</title>", "null", "[]", "{}", '{"state":1,"version":1}', '{"state":"waiting"}', '{"state":"waiting","version":"1"}']) {
  test(`what somebody else answers is none: ${text}`, () => {
    assert.throws(() => readAnswer(text));
  });
}
