import { SaxesParser } from 'saxes'

/** An element as a client reads it: the elements in it by name, each name with all of its elements, or its text. */
export class Element {
  readonly name: string
  readonly children: Element[] = []
  text = ''

  constructor(name: string) {
    this.name = name
  }

  all(name: string): Element[] {
    return this.children.filter((child) => child.name === name)
  }

  /** Text of the first element of this name; null when it is empty or missing. */
  of(name: string): string | null {
    return this.all(name)[0]?.text || null
  }
}

/** Reads a document strictly. @throws for what is not well-formed. */
export function readXml(xml: string): Element {
  const parser = new SaxesParser()
  const top = new Element('')
  const open = [top]
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    const element = new Element(name)
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => void (open.at(-1)!.text += text))
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  return top.children[0]!
}
