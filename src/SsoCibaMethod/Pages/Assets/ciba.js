// The page works without this script; the script only makes it quicker.
// First the wait as a machine without clock, network and document; then what binds it to the page.

const firstRetry = 500;
const longestRetry = 5000;
const hiddenRetry = 30000;
// A server that will not hold a question is not hurried.
const leastRound = 1000;
// Longer than the server holds a question: the connection is dead.
const questionLimit = 40000;

/** A wait that begins: where the login stood when the page was written, and which version of it that was. */
export const begin = (shown, version) => ({ shown, version, turn: 0, asking: false, failures: 0, left: false, gone: false });

const ask = (wait, held) => {
  const turn = wait.turn + 1;
  return [{ ...wait, turn, asking: true }, [{ do: "ask", turn, held, version: wait.version }]];
};

const nothing = (wait) => [wait, []];

/** What an event makes of a wait, and what is to be done then. One question at a time; an answer to an older one counts for nothing. */
export const step = (wait, event) => {
  if (wait.gone) return nothing(wait);
  switch (event.type) {
    case "leave":
      return [{ ...wait, left: true, asking: false, turn: wait.turn + 1 }, [{ do: "rest" }]];
    case "stay":
      return wait.left ? ask({ ...wait, left: false }, false) : nothing(wait);
    case "wake":
      // The first failure after it is quiet: a phone that wakes up loses one request, and the next one succeeds.
      return wait.left ? nothing(wait) : ask({ ...wait, failures: 0 }, false);
    case "due":
      return wait.left || wait.asking ? nothing(wait) : ask(wait, event.held);
    case "answer":
      return event.turn === wait.turn && wait.asking ? answered(wait, event) : nothing(wait);
    case "failure":
      return event.turn === wait.turn && wait.asking ? failed(wait, event) : nothing(wait);
    default:
      throw new Error(event.type);
  }
};

const answered = (wait, { state, version, expiresIn, held, took }) => {
  if (state !== wait.shown) {
    const thanks = state === "approved" ? [{ do: "say", what: "approved" }] : [];
    return [{ ...wait, asking: false, gone: true }, [...thanks, { do: "go" }]];
  }

  return [{ ...wait, asking: false, failures: 0, version }, [
    { do: "say", what: "calm" },
    { do: "clock", seconds: expiresIn },
    { do: "pause", held: true, milliseconds: held ? Math.max(0, leastRound - took) : 0 },
  ]];
};

const failed = (wait, { hidden }) => {
  const failures = wait.failures + 1;
  const milliseconds = hidden ? hiddenRetry : Math.min(longestRetry, firstRetry * 2 ** (failures - 1));
  const trouble = failures > 1 ? [{ do: "say", what: "trouble" }] : [];
  return [{ ...wait, asking: false, failures }, [...trouble, { do: "pause", held: false, milliseconds }]];
};

/** A time as people read it. */
export const clockText = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** Whether somebody who cannot see the clock hears it now: seldom, and once near the end. */
export const isSpoken = (seconds) => seconds === 20 || (seconds > 0 && seconds % 60 === 0);

/** Shows near the end that it is near, and says whether it has just come up: then it is heard too, and the button it speaks of is seen. */
export const warn = (soon, seconds) => {
  const wasHidden = soon.hidden;
  soon.hidden = seconds > 30;
  return wasHidden && !soon.hidden;
};

/** What the server answered, where it is an answer of ours. */
export const readAnswer = (text) => {
  const { state, version, expires_in: expiresIn } = JSON.parse(text);
  if (typeof state !== "string" || typeof version !== "number") throw new Error("no status");
  return { state, version, expiresIn };
};

const all = (selector, root = document) => root.querySelectorAll(selector);

// Calls with the whole seconds left, each once; the clock can be set again.
const countDown = (seconds, tell) => {
  let deadline = performance.now() + seconds * 1000;
  let told = -1;
  let timer = null;
  const tick = () => {
    clearTimeout(timer);
    const left = Math.max(0, deadline - performance.now());
    const now = Math.ceil(left / 1000);
    if (now !== told) tell(now, told === -1);
    told = now;
    if (left > 0) timer = setTimeout(tick, left % 1000 || 1000);
  };
  tick();
  return (again) => {
    // The server speaks in whole seconds: a difference of one is none.
    if (Math.abs(performance.now() + again * 1000 - deadline) <= 1500) return;
    deadline = performance.now() + again * 1000;
    tick();
  };
};

const bindClock = (element, onEnd) => {
  const timer = element.querySelector("[role=timer][data-seconds]");
  if (!timer) return () => {};
  const bar = element.querySelector("[data-bar]");
  const soon = element.querySelector("[data-soon]");
  const spoken = element.querySelector("[data-spoken]");
  const help = document.querySelector("details.help");
  return countDown(Number(timer.dataset.seconds), (seconds, isFirst) => {
    timer.textContent = clockText(seconds);
    timer.classList.toggle("late", seconds <= 20);
    if (bar) bar.value = seconds;
    if (soon && warn(soon, seconds)) {
      spoken.textContent = soon.textContent;
      if (help) help.open = true;
    } else if (spoken && !isFirst && isSpoken(seconds)) spoken.textContent = timer.parentElement.textContent;
    if (seconds === 0) onEnd();
  });
};

const bindWait = (element) => {
  const { watch: address, page, state, version, approved, trouble } = element.dataset;
  const status = element.querySelector("[data-status]");
  const texts = { calm: status.textContent, approved, trouble };
  let wait = begin(state, Number(version));
  let question = null;
  let pause = null;

  const put = async ({ turn, held, version: seen }) => {
    const mine = question = new AbortController();
    const begun = performance.now();
    const limit = setTimeout(() => mine.abort(), questionLimit);
    try {
      const url = held ? `${address}${address.includes("?") ? "&" : "?"}seen=${seen}` : address;
      const answer = await fetch(url, { cache: "no-store", redirect: "error", headers: { Accept: "application/json" }, signal: mine.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      send({ type: "answer", turn, held, took: performance.now() - begun, ...readAnswer(await answer.text()) });
    } catch {
      send({ type: "failure", turn, hidden: document.hidden });
    } finally {
      clearTimeout(limit);
    }
  };

  const rest = () => {
    clearTimeout(pause);
    question?.abort();
  };

  const effects = {
    rest,
    ask: (effect) => {
      rest();
      put(effect);
    },
    pause: ({ held, milliseconds }) => { pause = setTimeout(send, milliseconds, { type: "due", held }); },
    say: ({ what }) => {
      if (status.textContent !== texts[what]) status.textContent = texts[what];
      if (what === "approved") document.title = approved;
    },
    clock: ({ seconds }) => { if (seconds !== undefined) setClock(seconds); },
    go: () => location.replace(page),
  };

  const send = (event) => {
    const [next, toDo] = step(wait, event);
    wait = next;
    for (const effect of toDo) effects[effect.do](effect);
  };

  // At the end of the time the server has the last word.
  const setClock = bindClock(element, () => send({ type: "wake" }));
  for (const change of ["online", "offline"]) addEventListener(change, () => send({ type: "wake" }));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send({ type: "wake" }); });
  send({ type: "due", held: true });
  return send;
};

// One press is enough, and the code is on the screen before the phone rings.
const bindForm = (form, send, leaving) => {
  const button = form.querySelector("button:not([type=button])");
  form.addEventListener("submit", () => {
    button.disabled = true;
    leaving(true);
    for (const input of all("input[data-shown]", form)) input.type = "password";
    const preview = document.getElementById(form.dataset.preview);
    if (preview) preview.hidden = false;
    send({ type: "leave" });
    // The server answers sooner. Whoever stopped the browser meanwhile is not left with a dead page.
    setTimeout(() => {
      button.disabled = false;
      leaving(false);
      send({ type: "stay" });
    }, 10000);
  });
};

const bindReveal = (button) => {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.toggleAttribute("data-shown");
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
  });
};

// What comes later, and what stands there until then.
const bindLater = (element) => {
  const before = element.parentElement.querySelector("[data-before]");
  const left = before?.querySelector("[data-countdown]");
  countDown(Number(element.dataset.after), (seconds) => {
    if (left) left.textContent = clockText(seconds);
    element.hidden = seconds > 0;
    if (before) before.hidden = seconds === 0;
  });
};

const bindRetry = (element) => {
  const sentence = element.closest("[data-now]");
  countDown(Number(element.dataset.retry), (seconds) => {
    if (seconds === 0 && sentence) sentence.textContent = sentence.dataset.now;
    else element.textContent = clockText(seconds);
  });
};

const bindPage = () => {
  let isLeaving = false;
  const watched = document.querySelector("[data-watch]");
  const send = watched ? bindWait(watched) : () => {};
  for (const form of document.forms) bindForm(form, send, (leaving) => { isLeaving = leaving; });
  all("[data-reveal]").forEach(bindReveal);
  all("[data-after]").forEach(bindLater);
  all("[data-retry]").forEach(bindRetry);
  // Back from the browser's memory: what was sent may not be sent as new, what was waited for may have come.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (isLeaving) location.reload();
    else send({ type: "wake" });
  });
};

if (globalThis.document) bindPage();
