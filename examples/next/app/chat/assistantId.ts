export const assistantId = process.env['ASSISTANT_ID'] ?? 'asst_helper';
