import { z } from 'zod'
import { configSchema } from '../../shared/config'

type Schema = z.core.JSONSchema.BaseSchema

/** What a setting may be, in words. `path` as the config schema has it. */
export function allowedWords(path: readonly PropertyKey[]): string {
  const schema = schemaAt(path)
  if (schema?.description !== undefined) return schema.description
  if (schema?.enum !== undefined) return schema.enum.join(', ')
  switch (schema?.type) {
    case 'integer':
      return `a whole number ${rangeWords(schema)}`
    case 'number':
      return `a number ${rangeWords(schema)}`
    case 'string':
      return schema.minLength === undefined ? 'text' : 'text that is not empty'
    case 'array':
      return schema.minItems === undefined ? 'a list' : 'a list that is not empty'
    default:
      return 'a table'
  }
}

/** The names in a table of settings; of the whole file for an empty path. */
export function knownNames(path: readonly PropertyKey[]): string[] {
  return Object.keys(schemaAt(path)?.properties ?? {})
}

/** The JSON Schema says in plain data what the config schema checks. */
function schemaAt(path: readonly PropertyKey[]): Schema | undefined {
  return path.reduce<Schema | undefined>(
    (schema, part) => asSchema(partOf(schema, part)),
    wholeSchema(),
  )
}

let whole: Schema | undefined

/** Made once: it takes milliseconds, and each unknown name asks for it. */
function wholeSchema(): Schema {
  whole ??= z.toJSONSchema(configSchema, { io: 'input' })
  return whole
}

function partOf(schema: Schema | undefined, part: PropertyKey) {
  if (typeof part !== 'number') return schema?.properties?.[String(part)]
  return schema?.prefixItems?.[part] ?? schema?.items
}

/** JSON Schema has true and false as schemas, and lists of them: the config schema makes neither. */
function asSchema(candidate: z.core.JSONSchema._JSONSchema | readonly z.core.JSONSchema._JSONSchema[] | undefined): Schema | undefined {
  return typeof candidate === 'object' && !Array.isArray(candidate) ? (candidate as Schema) : undefined
}

function rangeWords({ minimum, maximum, exclusiveMinimum }: Schema): string {
  const isAbove = exclusiveMinimum !== undefined
  const from = isAbove ? `above ${exclusiveMinimum}` : `from ${minimum}`
  return maximum === undefined ? from : `${from}${isAbove ? ', up' : ''} to ${maximum}`
}
