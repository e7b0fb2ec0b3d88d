(() => {
  "use strict";
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll(".copy")) {
    const address = button.parentElement.querySelector("code");
    const status = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(address.textContent);
      status.textContent = button.dataset.copied;
    });
  }
})();
