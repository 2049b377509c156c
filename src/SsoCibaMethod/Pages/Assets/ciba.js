// The page works without this script; the script only makes it quicker.
"use strict";

(() => {
  const ready = () => {
    for (const form of document.forms) guard(form);
    const watched = document.querySelector("[data-watch]");
    if (watched) watch(watched);
  };

  // One press is enough, and the code is on the screen before the phone rings.
  const guard = (form) => {
    const button = form.querySelector("button");
    form.addEventListener("submit", () => {
      button.disabled = true;
      const preview = form.dataset.preview && document.getElementById(form.dataset.preview);
      if (preview) preview.hidden = false;
    });
    // A page that comes back from the browser's memory must be usable again.
    window.addEventListener("pageshow", () => { button.disabled = false; });
  };

  const watch = (element) => {
    const status = element.querySelector("[data-status]");
    const calm = status.textContent;
    const timer = element.querySelector("[data-seconds]");
    let deadline = timer && performance.now() + timer.dataset.seconds * 1000;
    let failures = 0;
    let asking = null;
    let pause = null;

    const say = (text) => { if (status.textContent !== text) status.textContent = text; };

    const tick = () => {
      const seconds = Math.max(0, Math.round((deadline - performance.now()) / 1000));
      timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    };

    const ask = async () => {
      clearTimeout(pause);
      asking?.abort();
      const mine = asking = new AbortController();
      try {
        const answer = await fetch(`${element.dataset.watch}&seen=${element.dataset.version}`, { cache: "no-store", signal: mine.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        const now = await answer.json();
        failures = 0;
        if (now.state === "approved") say(element.dataset.approved);
        if (String(now.version) !== element.dataset.version) {
          location.replace(element.dataset.page);
          return;
        }
        say(calm);
        if (timer && now.expires_in !== undefined) deadline = performance.now() + now.expires_in * 1000;
        pause = setTimeout(ask, 0);
      } catch {
        if (mine.signal.aborted) return;
        // The first failure is quiet: a phone that wakes up loses one request, and the next one succeeds.
        if (++failures > 1) say(element.dataset.trouble);
        pause = setTimeout(ask, Math.min(5000, 500 * 2 ** (failures - 1)));
      }
    };

    if (timer) setInterval(tick, 1000);
    window.addEventListener("online", ask);
    window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") ask(); });
    ask();
  };

  ready();
})();
