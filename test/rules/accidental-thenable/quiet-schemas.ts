interface Schema {
  required(): Schema;
  when(key: string, options: { is: unknown; then?: (schema: Schema) => Schema; otherwise?: (schema: Schema) => Schema }): Schema;
}
declare const string: Schema;
declare const joi: { when(key: string, options: unknown): unknown };
declare const schema: unknown;

export const yup = string.when('country', { is: 'CH', then: (inner) => inner.required(), otherwise: (inner) => inner });
export const joiLike = joi.when('a', { is: true, then: schema, otherwise: schema });
export const jsonSchema = { if: { type: 'string' }, then: { minLength: 1 }, else: { type: 'number' } };
export const condition = { $cond: { if: 'a', then: 1, else: 2 } };
export const text = { given: 'a user', when: 'they log in', then: 'they see the page' };
export const loose = { is: (value: unknown) => value === 1, then: (value: number) => value + 1 };
