// Reads PowerShell with a real grammar (tree-sitter), for tests. The rule: what it reports is what PowerShell would see,
// the five quote characters and three long dashes included, which the grammar knows only in their ASCII form.

import { createRequire } from 'node:module'
import { Language, type Node, Parser, type Tree } from 'web-tree-sitter'

export type Argument = { parameter?: string; text?: string }
export type Command = { name: string; arguments: readonly Argument[]; text: string }

let parser: Parser | undefined

/** Loads the grammar; await it once before anything else. */
export async function loadGrammar(): Promise<void> {
  if (parser) return
  await Parser.init()
  const wasm = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')
  parser = new Parser()
  parser.setLanguage(await Language.load(wasm))
}

/** Same length, so that positions hold in the original. */
function folded(text: string): string {
  return text
    .replace(/[\u2018-\u201B]/g, "'")
    .replace(/[\u201C-\u201E]/g, '"')
    .replace(/[\u2013-\u2015]/g, '-')
}

let last: { text: string; tree: Tree } | undefined

function treeOf(text: string): Tree {
  if (last?.text === text) return last.tree
  const tree = parser?.parse(folded(text))
  if (!tree) throw new Error('Call loadGrammar first')
  last?.tree.delete()
  last = { text, tree }
  return tree
}

/** The first place that the grammar cannot read, or undefined. */
export function syntaxError(text: string): string | undefined {
  const root = treeOf(text).rootNode
  if (!root.hasError) return undefined
  const bad = [...walk(root)].find(node => node.isError || node.isMissing)
  return bad ? `line ${bad.startPosition.row + 1}: ${text.slice(bad.startIndex, bad.startIndex + 80)}` : 'somewhere'
}

/** What each string literal of the script means, in order, by PowerShell's own rules. */
export function literalsOf(text: string): readonly string[] {
  return nodes(text, 'string_literal').map(node => {
    const raw = text.slice(node.startIndex, node.endIndex)
    if (!/^['\u2018-\u201B]/.test(raw)) throw new Error(`Not a single-quoted string: ${raw.slice(0, 80)}`)
    return raw.slice(1, -1).replace(/(['\u2018-\u201B])['\u2018-\u201B]/g, '$1')
  })
}

/** Every command of the script, those inside blocks and parentheses included; `& { }` has the name `&`. */
export function commandsOf(text: string): readonly Command[] {
  return nodes(text, 'command').map(node => ({
    name: nameOf(node),
    text: node.text,
    arguments: argumentsOf(node)
  }))
}

/** The names of the functions that the script defines. */
export function functionsOf(text: string): readonly string[] {
  return nodes(text, 'function_name').map(node => node.text)
}

export function nodes(text: string, type: string): readonly Node[] {
  return treeOf(text)
    .rootNode.descendantsOfType(type)
    .filter(node => node !== null)
}

function nameOf(command: Node): string {
  const name = command.childForFieldName('command_name')
  return name?.text.startsWith('{') && command.text.startsWith('& {') ? '&' : (name?.text ?? '')
}

function argumentsOf(command: Node): readonly Argument[] {
  const elements = command.children.find(child => child?.type === 'command_elements')
  const found: Argument[] = []
  for (const element of elements?.children ?? []) {
    if (!element || element.type === 'command_argument_sep') continue
    if (element.type === 'command_parameter') found.push({ parameter: element.text.replace(/^-|:$/g, '') })
    else {
      const last = found.at(-1)
      if (last?.parameter && last.text === undefined) last.text = element.text
      else found.push({ text: element.text })
    }
  }
  return found
}

function* walk(node: Node): Generator<Node> {
  yield node
  for (const child of node.children) if (child) yield* walk(child)
}
