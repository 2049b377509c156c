// The page works without this script; the script only makes it quicker.
"use strict";

(() => {
  // Something was sent, or another page is on its way: this one is done.
  let leaving = false;
  let wake = () => {};

  // One press is enough, and the code is on the screen before the phone rings.
  const guard = (form) => {
    const button = form.querySelector("button");
    form.addEventListener("submit", () => {
      leaving = button.disabled = true;
      const preview = document.getElementById(form.dataset.preview);
      if (preview) preview.hidden = false;
      // The server answers sooner. Whoever stopped the browser meanwhile is not left with a dead page.
      setTimeout(() => {
        leaving = button.disabled = false;
        wake();
      }, 10000);
    });
  };

  const countDown = (timer, spoken) => {
    let deadline = Infinity;

    const tick = () => {
      const left = Math.max(0, deadline - performance.now());
      const seconds = Math.ceil(left / 1000);
      timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      timer.classList.toggle("late", seconds <= 20);
      // Who cannot see the clock hears it seldom.
      if (seconds === 20 || (seconds > 0 && seconds % 60 === 0)) spoken.textContent = timer.parentElement.textContent;
      setTimeout(tick, left % 1000 || 1000);
    };

    // By the server's clock; it speaks in whole seconds, so a difference of one is none.
    const expiresIn = (seconds) => {
      const told = performance.now() + seconds * 1000;
      if (Math.abs(told - deadline) > 1500) deadline = told;
    };

    expiresIn(timer.dataset.seconds);
    tick();
    return expiresIn;
  };

  const watch = (element) => {
    const { watch: address, page, state, approved, trouble } = element.dataset;
    const status = element.querySelector("[data-status]");
    const calm = status.textContent;
    const timer = element.querySelector("[data-seconds]");
    const expiresIn = timer && countDown(timer, element.querySelector("[data-spoken]"));
    let version = element.dataset.version;
    let failures = 0;
    let asking = null;
    let pause = null;

    const say = (text) => { if (status.textContent !== text) status.textContent = text; };

    const again = (milliseconds, hold) => { pause = setTimeout(ask, milliseconds, hold); };

    // One question at a time. A held one is answered when something changes, another at once.
    const ask = async (hold) => {
      clearTimeout(pause);
      asking?.abort();
      if (leaving) return;
      const mine = asking = new AbortController();
      const begun = performance.now();
      // Longer than the server holds a question: the connection is dead.
      const limit = setTimeout(() => mine.abort(), 40000);
      try {
        const answer = await fetch(hold ? `${address}&seen=${version}` : address, { cache: "no-store", signal: mine.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        const now = await answer.json();
        if (mine !== asking || leaving) return;
        if (now.state !== state) {
          leaving = true;
          if (now.state === "approved") say(document.title = approved);
          location.replace(page);
          return;
        }
        failures = 0;
        version = now.version;
        say(calm);
        if (expiresIn && now.expires_in !== undefined) expiresIn(now.expires_in);
        // A server that will not hold is not hurried.
        again(hold ? Math.max(0, 1000 - (performance.now() - begun)) : 0, true);
      } catch {
        if (mine !== asking || leaving) return;
        // The first failure is quiet: a phone that wakes up loses one request, and the next one succeeds.
        if (++failures > 1) say(trouble);
        again(Math.min(5000, 250 * 2 ** failures), false);
      } finally {
        clearTimeout(limit);
      }
    };

    wake = () => ask(false);
    for (const change of ["online", "offline"]) window.addEventListener(change, wake);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") wake(); });
    ask(true);
  };

  // Back from the browser's memory: what was sent may not be sent as new, what was waited for may have come.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (leaving) location.reload();
    else wake();
  });

  for (const form of document.forms) guard(form);
  const watched = document.querySelector("[data-watch]");
  if (watched) watch(watched);
})();
