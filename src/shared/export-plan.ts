import { z } from 'zod'
import { failureFilterSchema } from './failures'
import { EXPORT_KINDS, type ExportKind } from './frames'
import { resultColumnsSchema, resultFilterSchema } from './results-query'

const WHOLE_KINDS = EXPORT_KINDS.filter((kind): kind is Exclude<ExportKind, 'results' | 'failed'> => kind !== 'results' && kind !== 'failed')

/** What to write: everything of a kind, or what a filter lets through; of the results, the columns that are named. */
export const exportPlanSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('results'),
    filter: resultFilterSchema.optional(),
    columns: resultColumnsSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('failed'), filter: failureFilterSchema.optional() }),
  z.strictObject({ kind: z.enum(WHOLE_KINDS) }),
])
export type ExportPlan = z.infer<typeof exportPlanSchema>
