// The server does not know what day it is where the reader is: the day of access becomes hers. It is
// the last date of a citation.

export function dateCitations() {
  const cited = document.querySelector(".atlas [data-accessed]")
  if (!cited) return
  const { accessed, asOf } = cited.dataset
  const today = [localDay(), asOf].sort().at(-1) // Her clock may be behind.
  const days = written(today)
  for (const [index, day] of written(accessed).entries()) {
    for (const form of cited.querySelectorAll("pre")) replaceLast(form, day, days[index])
  }
  cited.dataset.accessed = today
}

function localDay() {
  const now = new Date()
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  return parts.map((part) => `${part}`.padStart(2, "0")).join("-")
}

// A day as the citations write it: in the reader's language, in APA style, for BibTeX, for CSL.
function written(day) {
  const [date, style] = [new Date(`${day}T12:00`), { dateStyle: "long" }]
  const inWords = [document.documentElement.lang, "en-US"].map((tag) => date.toLocaleDateString(tag, style))
  return [...inWords, day, day.split("-").map(Number).join(",\n          ")]
}

function replaceLast(form, day, otherDay) {
  const [text, at] = [form.textContent, form.textContent.lastIndexOf(day)]
  if (at < 0) return
  form.textContent = text.slice(0, at) + otherDay + text.slice(at + day.length)
}
