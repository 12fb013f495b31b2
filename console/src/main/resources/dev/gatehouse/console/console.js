// Follows what happens, keys, and the theme. Every page works without it, only less well.
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const live = document.body.dataset.live;
  const news = $("#news");

  // ---- the theme
  $("#theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });

  // ---- how long things have waited
  const amount = (seconds) => seconds < 3600
    ? Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0") + " min"
    : Math.floor(seconds / 3600) + " h " + String(Math.floor(seconds / 60) % 60).padStart(2, "0");
  const ahead = Date.now(); // The browser's clock may be wrong: what counts is how much later than at the load it is.
  const shown = new Map();
  const begin = (from) => from.querySelectorAll("time.since").forEach((time) => {
    const parts = time.textContent.match(/\d+/g).map(Number);
    const seconds = time.textContent.includes("h") ? parts[0] * 3600 + parts[1] * 60 : parts[0] * 60 + parts[1];
    shown.set(time, seconds - Math.round((Date.now() - ahead) / 1000));
  });
  begin(document);
  setInterval(() => shown.forEach((seconds, time) => {
    if (!time.isConnected) {
      shown.delete(time);
    } else {
      time.textContent = amount(Math.max(0, seconds + Math.round((Date.now() - ahead) / 1000)));
    }
  }), 1000);

  // ---- what happens meanwhile
  const tell = (words, button, act) => {
    news.replaceChildren(document.createTextNode(words + " "));
    if (button) {
      const show = document.createElement("button");
      show.type = "button";
      show.textContent = button;
      show.addEventListener("click", act);
      news.append(show);
    }
    news.hidden = false;
  };
  const fresh = async () => {
    const answer = await fetch(location.href, { redirect: "follow", cache: "no-store" });
    if (new URL(answer.url).pathname === "/signin") {
      location.assign("/signin");
      return null;
    }
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  };
  const still = (list) => {
    const copy = list.cloneNode(true);
    copy.querySelectorAll("time").forEach((time) => time.remove());
    return copy.textContent;
  };
  const take = (page) => {
    $("#live").replaceWith(document.adoptNode($("#live", page)));
    begin($("#live"));
    const count = $("#count", page);
    if (count && $("#count").textContent !== count.textContent) {
      $("#count").textContent = count.textContent;
    }
    const navigation = $("header nav", page);
    if (navigation) {
      $("header nav").replaceWith(document.adoptNode(navigation));
    }
    news.hidden = true;
  };
  const look = async () => {
    const page = await fresh();
    if (!page) {
      return;
    }
    if (live === "list" && $("#live", page)) {
      if (still($("#live")) === still($("#live", page))) {
        return;
      }
      // Nothing moves under a pointer or the keyboard.
      if ($("#live").matches(":hover") || $("#live").contains(document.activeElement)) {
        tell("Something has changed.", "Show", () => take(page));
      } else {
        take(page);
      }
    } else if (live === "request" && $("#state", page)
        && $("#state").dataset.state !== $("#state", page).dataset.state) {
      const comment = $("#comment");
      if (comment && comment.value.trim()) {
        tell("This request has moved meanwhile.", "Show", () => location.reload());
      } else {
        location.reload();
      }
    }
  };
  if (live) {
    let lost = false;
    let polling = 0;
    const poll = () => {
      polling = polling || setInterval(() => look().catch(() => {}), 10000);
    };
    const events = new EventSource("/v1/events");
    events.addEventListener("hello", () => {
      clearInterval(polling);
      polling = 0;
      if (lost) {
        lost = false;
        news.hidden = true;
        look().catch(() => {});
      }
    });
    events.addEventListener("changed", () => look().catch(() => {}));
    events.addEventListener("over", () => location.assign("/signin"));
    events.addEventListener("error", () => {
      lost = true;
      tell("Not connected: what you see may be old.");
      poll();
    });
    addEventListener("pagehide", () => events.close());
  }

  // ---- nobody approves what was not on the screen
  const sql = $("#sql");
  const approve = $("button.approve");
  if (sql && approve && "IntersectionObserver" in window) {
    approve.disabled = true;
    $("#unread").hidden = false;
    new IntersectionObserver((seen, observer) => {
      if (seen.some((line) => line.isIntersecting)) {
        approve.disabled = false;
        $("#unread").hidden = true;
        observer.disconnect();
      }
    }).observe(sql.lastElementChild);
  }

  // ---- copying
  document.querySelectorAll("button.copy").forEach((button) => button.addEventListener("click", async () => {
    await navigator.clipboard.writeText($("code", button.parentElement).textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }));

  // ---- keys
  let choice = null;
  let after = "";
  const go = (step) => {
    const links = [...document.querySelectorAll(".requests a.open")];
    if (links.length) {
      const at = links.indexOf(document.activeElement);
      links[Math.min(links.length - 1, Math.max(0, at < 0 ? 0 : at + step))].focus();
    }
  };
  const decide = (name) => {
    const comment = $("#comment");
    if (comment) {
      choice = name;
      comment.focus();
      comment.scrollIntoView({ block: "center" });
    }
  };
  const places = { a: "/approvals", r: "/requests", c: "/connect" };
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    a: () => decide("approve"),
    r: () => decide("reject"),
    "?": () => $("#keys").showModal(),
  };
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (typing && event.ctrlKey && event.key === "Enter" && choice && event.target.id === "comment") {
      const button = $("button." + choice);
      if (!button.disabled) {
        event.target.form.requestSubmit(button);
      }
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || $("#keys").open) {
      return;
    }
    const before = after;
    after = event.key === "g" ? "g" : "";
    if (before === "g" && places[event.key]) {
      location.assign(places[event.key]);
    } else if (before !== "g" && keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
})();
