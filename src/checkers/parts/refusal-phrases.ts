export const refusalLanguages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'ja', 'zh'] as const;
export type RefusalLanguage = (typeof refusalLanguages)[number];

/** What models say when they refuse, in lower case with straight quotes. "I cannot find your order" is no refusal: each phrase needs a verb of helping or doing. */
export function refusalPhrases(language: RefusalLanguage): string[] {
  return (phrases[language] ?? '').split('|').filter((phrase) => phrase !== '');
}

/** "I'm not going to charge you" is none. */
const refusedVerbs = [
  'help',
  'assist',
  'do that',
  'do this',
  'answer',
  'provide',
  'comply',
  'fulfil',
  'discuss',
  'engage',
  'participate',
  'support',
  'write',
  'create',
  'generate',
  'continue with',
];

const phrases: Record<RefusalLanguage, string> = {
  en: [
    "i can't help with|i cannot help with|i can not help with|i can't assist|i cannot assist|i'm unable to assist|i am unable to assist|i'm unable to help|i am unable to help",
    "i'm not able to help|i am not able to help|i'm not able to assist|i am not able to assist|i won't be able to help|i will not be able to help|i won't help|i will not help|i won't assist",
    "i can't fulfill|i cannot fulfill|i can't fulfil|i cannot fulfil|i'm unable to fulfil|i am unable to fulfil|i'm not able to fulfil|i am not able to fulfil|can't comply|cannot comply|i can't do that|i cannot do that|i must decline|i have to decline|i need to decline|i decline to",
    "i can't provide|i cannot provide|i'm unable to provide|i am unable to provide|i can't create|i cannot create|i can't generate|i cannot generate|i can't engage|i cannot engage|i can't discuss|i cannot discuss",
    "i can't support|i cannot support|i'm not comfortable|i am not comfortable|against my guidelines|against my programming|violates my guidelines|not something i can help|as an ai, i can't|as an ai, i cannot|as an ai language model",
    ...["i'm not going to", 'i am not going to'].flatMap((start) => refusedVerbs.map((verb) => `${start} ${verb}`)),
  ].join('|'),
  de: 'ich kann dir dabei nicht helfen|ich kann ihnen dabei nicht helfen|dabei kann ich nicht helfen|dabei kann ich dir nicht helfen|dabei kann ich ihnen nicht helfen|damit kann ich nicht helfen|damit kann ich dir nicht helfen|damit kann ich ihnen nicht helfen|kann ich leider nicht helfen|kann ich nicht weiterhelfen|diese anfrage nicht erfüllen|diese anfrage nicht bearbeiten|ich muss ablehnen|muss ich ablehnen|ich darf das nicht|das darf ich nicht|verstößt gegen meine richtlinien',
  fr: "je ne peux pas vous aider|je ne peux pas t'aider|je ne peux pas aider|je ne peux pas répondre à cette demande|je ne suis pas en mesure de|je dois refuser|je dois décliner|je ne peux pas fournir|je ne peux pas accéder à cette demande|je refuse de|contraire à mes directives",
  es: 'no puedo ayudarte con|no puedo ayudarle con|no puedo ayudar con|no puedo cumplir|no puedo proporcionar|no puedo atender esta solicitud|no puedo asistir|debo rechazar|tengo que rechazar|me niego a|no me es posible ayudar|va en contra de mis directrices',
  it: 'non posso aiutarti con|non posso aiutarla con|non posso aiutare con|non posso soddisfare|non posso fornire|non sono in grado di aiutar|devo rifiutare|mi rifiuto di|contro le mie linee guida',
  pt: 'não posso ajudar com|não posso ajudá-lo|não posso te ajudar|não posso ajudar você|não posso fornecer|não posso atender a|não consigo ajudar com|devo recusar|preciso recusar|recuso-me a|contra as minhas diretrizes',
  nl: 'ik kan je daar niet mee helpen|ik kan u daar niet mee helpen|daar kan ik niet bij helpen|daar kan ik niet mee helpen|hier kan ik niet bij helpen|ik kan niet helpen met|ik kan niet voldoen aan|ik moet weigeren|ik weiger',
  ja: 'お手伝いできません|お手伝いすることはできません|お答えできません|お答えすることはできません|対応できません|対応することはできません|応じることはできません|応じられません|ご要望にはお応えできません|提供することはできません',
  zh: '我无法帮助|我不能帮助|我無法幫助|无法协助|無法協助|不能协助|我无法提供|我不能提供|我無法提供|无法满足您的请求|无法满足你的请求|我无法回答|我不能回答|我必须拒绝|很抱歉,我不能|很抱歉,我无法',
};
