// Follows a running build, and tells that a correction is being tried; without this script the link
// beside a build looks again.
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

// A correction is read on its release before it is kept, which may take some seconds.
const form = document.querySelector("form[data-trying]");
form?.addEventListener("submit", () => {
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.append(form.dataset.trying, " ", document.createElement("progress"));
  form.append(status);
  form.querySelector("button.first").disabled = true;
});
// Who comes back to the form by the browser's history can send it again.
addEventListener("pageshow", () => form?.querySelectorAll("[role=status]").forEach((each) => each.remove()));
addEventListener("pageshow", () => form?.querySelector("button.first").removeAttribute("disabled"));
