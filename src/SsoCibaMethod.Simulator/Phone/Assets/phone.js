// Keeps the page fresh and lets the time run. Without it a meta refresh does the work.
(() => {
  const live = document.getElementById("live");
  if (!live) { return; }
  const announce = document.querySelector("[data-announce]");
  const title = document.title;
  let shownAt = performance.now();

  // What was done is said once, not again after a reload.
  history.replaceState(null, "", live.dataset.live);

  const tick = () => {
    const gone = Math.floor((performance.now() - shownAt) / 1000);
    for (const clock of live.querySelectorAll("[data-seconds]")) {
      const left = Math.max(0, clock.dataset.seconds - gone);
      clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      clock.closest(".time").querySelector("progress").value = left;
    }
  };

  const count = () => {
    const waiting = Number(live.dataset.waiting);
    document.title = waiting ? `(${waiting}) ${title}` : title;
    return waiting;
  };

  const show = fresh => {
    const before = count();
    const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
    live.replaceChildren(...fresh.childNodes);
    live.dataset.version = fresh.dataset.version;
    live.dataset.waiting = fresh.dataset.waiting;
    document.querySelector("[data-notice]")?.remove();
    if (focused) { document.getElementById(focused)?.focus(); }
    const now = count();
    announce.textContent = now > before ? "A new request is waiting." : now === 0 && before > 0 ? "Nothing is waiting any more." : "";
  };

  const refresh = async () => {
    try {
      const answer = await fetch(live.dataset.live, { cache: "no-store" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("live");
        if (fresh && fresh.dataset.version !== live.dataset.version) {
          show(fresh);
          shownAt = performance.now();
          tick();
        }
      }
    } catch {
      // The application is restarting; the next try will tell.
    }
    setTimeout(refresh, 1500);
  };

  count();
  setInterval(tick, 1000);
  setTimeout(refresh, 1500);
})();
