/** An assessment is recorded in a learner's stream under this type (event catalogue). */
export const ASSESSMENT_RECORDED = 'uk.concordat.assessment.recorded.v1';
