// A copy button beside each fact of a page. Without this file the facts are plain text, to be selected and copied by hand.
const SAID_FOR_MS = 3000;
const said = document.querySelector("[data-copy-said]");

if (navigator.clipboard && said) for (const fact of document.querySelectorAll("[data-copy]")) offer(fact);

function offer(fact) {
  const row = fact.closest(".govuk-summary-list__row");
  const label = document.createElement("span");
  label.className = "govuk-visually-hidden";
  label.textContent = ` ${fact.dataset.copy}`;
  const word = document.createElement("span");
  word.textContent = "Copy";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sl-copy";
  button.append(word, label);
  const place = document.createElement("dd");
  place.className = "govuk-summary-list__actions";
  place.append(button);
  row.classList.remove("govuk-summary-list__row--no-actions");
  row.append(place);
  let timer = 0;

  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(fact.textContent);
      say("Copied", `Copied: ${fact.dataset.copy}`);
    } catch {
      say("Not copied", "Not copied. Select the text and copy it by hand.");
    }
  });

  function say(short, whole) {
    clearTimeout(timer);
    word.textContent = short;
    said.textContent = whole;
    timer = setTimeout(() => {
      word.textContent = "Copy";
      if (said.textContent === whole) said.textContent = "";
    }, SAID_FOR_MS);
  }
}
