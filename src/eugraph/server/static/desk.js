// Follows a running build; without this script the link beside it looks again.
const build = document.querySelector("[data-running]");

async function follow() {
  const state = await fetch(build.dataset.running).then((answer) => answer.json()).catch(() => null);
  if (state && !state.running) {
    location.reload();
    return;
  }
  if (state) {
    build.querySelector(".step").textContent = state.step || build.querySelector(".step").textContent;
    const bar = build.querySelector("progress");
    if (state.total) {
      bar.max = state.total;
      bar.value = state.done;
    }
  }
  setTimeout(follow, 700);
}

if (build) follow();
