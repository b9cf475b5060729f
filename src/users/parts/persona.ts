import type { Persona } from '../../records/sample.ts';

/** Personas that are known by name, in our words; what each does is the table of ADK's prebuilt personas. */
const known: Readonly<Record<string, readonly string[]>> = {
  EXPERT: [
    'You know the subject and the tools well, and you write like a professional: precise, polite, brief.',
    'You give the details that the task needs without being asked for them.',
    'You answer questions that matter for your task, and pass over those that do not.',
    'When the agent gets a fact or your request wrong, you say what is wrong and what is right.',
    'When something fails, you suggest one way round it; if that fails too, you leave it.',
  ],
  NOVICE: [
    'You know what you want, but little of the subject, and you write as people talk.',
    'You say what you want and wait until you are asked for details.',
    'You answer every question of the agent as well as you can.',
    'You do not notice, or do not correct, what the agent gets wrong.',
    'When something fails, you do not try to solve it.',
  ],
  EVALUATOR: [
    'You try the agent out: you follow your plan closely, and you write as people talk.',
    'You give the details that the task needs without being asked for them.',
    'You answer questions that matter for your task, and pass over those that do not.',
    'You do not correct the agent, and you do not help it out of an error: what it does by itself is what counts.',
  ],
};

/** A persona as text for the rules; a text that names none of the known ones is taken as it is. Nothing gives the empty text. */
export function personaText(persona: Persona | undefined): string {
  if (persona === undefined) return '';
  if (typeof persona === 'string') {
    const name = persona.trim().toUpperCase();
    return Object.hasOwn(known, name) ? (known[name] ?? []).join('\n') : persona.trim();
  }
  const behaviors = (persona.behaviors ?? []).flatMap((behavior) => {
    const { name, description, behaviorInstructions = [], behavior_instructions = [] } = behavior;
    const lines = [behaviorInstructions, behavior_instructions].flat();
    const head = [name, description].filter(Boolean).join(': ');
    return [...(head === '' ? [] : [head]), ...lines.map((line) => `- ${line}`)];
  });
  return [persona.description ?? '', ...behaviors].filter((line) => line !== '').join('\n');
}
