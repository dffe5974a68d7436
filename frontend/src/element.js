// Returns a new HTML element.
export function element(tag, className, attributes = {}) {
  const node = document.createElement(tag)
  node.className = className
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  return node
}
