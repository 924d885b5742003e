// What script adds to pages that work without it: keys, file drop, counters, guards. No dependency; loaded with `defer`.
(() => {
  "use strict";

  const words = {
    fi: { left: "merkkiä jäljellä", large: "liian suuri, enintään", unit: "Mt" },
    sv: { left: "tecken kvar", large: "för stor, högst", unit: "MB" },
    en: { left: "characters left", large: "too large, at most", unit: "MB" },
  }[document.documentElement.lang] || { left: "", large: "", unit: "MB" };

  // Single keys can be switched off (WCAG 2.1.4); the choice stays in this browser.
  const store = {
    get: () => { try { return localStorage.getItem("kirjaamo-keys") !== "off"; } catch { return true; } },
    set: (on) => { try { localStorage.setItem("kirjaamo-keys", on ? "on" : "off"); } catch { /* not kept */ } },
  };

  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

  // The rows of the page; when its address leads to a part that has rows (#list), those of that part.
  function rowsOf() {
    const seen = (rows) => [...rows].filter((row) => row.querySelector("a[href]") && row.offsetParent);
    const part = seen(document.querySelectorAll(":target [data-list] > *"));
    return part.length ? part : seen(document.querySelectorAll("[data-list] > *"));
  }

  function move(step) {
    const rows = rowsOf();
    if (!rows.length) return;
    const now = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
    next.querySelector("a[href]").focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function focusSearch() {
    const all = [...document.querySelectorAll("main [data-search]"), ...document.querySelectorAll("[data-search]")]; // the page's own first
    const input = all.find((one) => one.offsetParent);
    if (input) { input.focus(); input.select(); }
    return Boolean(input);
  }

  // A digit opens the link of that number among those that are keyed (the common tasks of a register, the verbs of a record).
  function open(number) {
    const link = [...document.querySelectorAll("[data-keyed] a[href], [data-keyed] button")][number - 1];
    if (link) link.click();
    return Boolean(link);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form") || document.querySelector("form[data-main]");
      if (form && form.method === "post") { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !store.get()) return;
    if (event.key === "/") { if (focusSearch()) event.preventDefault(); }
    if (!document.documentElement.classList.contains("work")) return;
    if (event.key === "j") { move(1); event.preventDefault(); }
    if (event.key === "k") { move(-1); event.preventDefault(); }
    if (event.key === "n") { const next = document.querySelector("a[data-next]"); if (next) { next.click(); event.preventDefault(); } }
    if (event.key >= "1" && event.key <= "9") { if (open(Number(event.key))) event.preventDefault(); }
  });

  // A form that is all a page is for takes the first key at once, unless errors are told first.
  const ready = document.querySelector("form[data-focus]");
  if (ready && !document.querySelector(".error-summary") && !location.hash) {
    [...ready.elements].find((one) => one.name && one.type !== "hidden" && one.tagName !== "BUTTON" && one.offsetParent)?.focus();
  }

  // One submit per press: a second press of a form that is on its way does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); return; }
    form.setAttribute("aria-busy", "true");
    delete form.dataset.changed;
    setTimeout(() => form.removeAttribute("aria-busy"), 8000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll('form[aria-busy="true"]').forEach((form) => form.removeAttribute("aria-busy")));

  // A form with data-guard asks before typed text is left behind.
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) form.dataset.changed = "yes";
    if (event.target.matches("textarea[maxlength]")) count(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-guard][data-changed]")) event.preventDefault();
  });

  function count(area) {
    const left = area.maxLength - area.value.length;
    let note = area.nextElementSibling;
    if (!note || !note.classList.contains("left-over")) {
      note = document.createElement("p");
      note.className = "left-over";
      area.after(note);
    }
    note.setAttribute("aria-live", left < 50 ? "polite" : "off");
    note.classList.toggle("few", left < 50);
    note.textContent = `${left} ${words.left}`;
  }

  const megabytes = (size) => (size / 1e6).toFixed(1).replace(".", document.documentElement.lang === "en" ? "." : ",");

  function listFiles(input, list) {
    const most = Number(input.dataset.most || 0);
    const rows = [...input.files].map((file) => {
      const row = document.createElement("li");
      const large = most && file.size > most;
      row.textContent = `${file.name} (${megabytes(file.size)} ${words.unit})` + (large ? ` – ${words.large} ${megabytes(most)} ${words.unit}` : "");
      row.classList.toggle("too-large", Boolean(large));
      return row;
    });
    list.replaceChildren(...rows);
    list.hidden = !rows.length;
  }

  function dropBox(box) {
    const input = box.querySelector('input[type="file"]');
    const list = box.querySelector(".drop-list");
    if (!input || box.classList.contains("ready")) return;
    box.classList.add("ready");
    input.addEventListener("change", () => listFiles(input, list));
    for (const name of ["dragover", "dragleave", "drop"]) {
      box.addEventListener(name, (event) => { event.preventDefault(); box.classList.toggle("over", name === "dragover"); });
    }
    box.addEventListener("drop", (event) => {
      const given = new DataTransfer();
      [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1).forEach((file) => given.items.add(file));
      input.files = given.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  // A table keeps its words whole where it has the room for them, if need be set tighter; where it has not, they break as everywhere.
  function keepWords(table) {
    const box = table.parentElement;
    for (const step of [["whole"], ["whole", "tight"], []]) {
      table.classList.remove("whole", "tight");
      table.classList.add(...step);
      if (box.scrollWidth <= box.clientWidth) return;
    }
  }
  const keepAll = () => document.querySelectorAll(".table-box:not(.wide) > .table").forEach(keepWords);
  window.addEventListener("resize", () => requestAnimationFrame(keepAll));

  function prepare(root) {
    root.querySelectorAll(".table-box:not(.wide) > .table").forEach(keepWords);
    root.querySelectorAll("[data-drop]").forEach(dropBox);
    root.querySelectorAll("textarea[maxlength]").forEach(count);
    root.querySelectorAll("[data-keys]").forEach((box) => {
      box.checked = store.get();
      box.closest("[hidden]")?.removeAttribute("hidden");
      box.addEventListener("change", () => store.set(box.checked));
    });
    root.querySelectorAll("[data-choose-all]").forEach((box) => {
      box.hidden = false;
      const boxes = () => box.closest("table").querySelectorAll("tbody .choose input");
      box.addEventListener("change", () => boxes().forEach((one) => { one.checked = box.checked; }));
    });
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  // Titles carry soft hyphens; what is copied does not, so that it can be pasted into a search.
  document.addEventListener("copy", (event) => {
    const text = String(document.getSelection());
    if (!text.includes("\u00ad") || typing(event.target)) return;
    event.clipboardData.setData("text/plain", text.replaceAll("\u00ad", ""));
    event.preventDefault();
  });

  // Everything folded is printed; it is folded again afterwards.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));

  prepare(document);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) prepare(event.target); });
})();
