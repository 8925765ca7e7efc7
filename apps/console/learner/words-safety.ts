// Words of the page on which a learner keeps the page safe. The Welsh is a draft for a native editor (console.md, 7 and 9).
const EN = {
  'safety.title': 'Keep this page safe',
  'safety.leave': 'Leave this page at once with the button at the top. It signs you out and shows the weather.',
  'safety.others': 'If others use this phone or computer, sign out each time. Do not let it remember your password.',
  'safety.back':
    'What you looked at is not kept on this device. Its history may still say that you were here. You can clear that in your browser.',
  'safety.pressed': 'If someone makes you show this page, leave it. Tell your adviser, or ring Childline: 0800 1111. It is free.',
  'safety.messages': 'We send you no messages. So no message can tell others that you use this page.',
  'safety.signIns': 'Where you are signed in',
  'safety.signIn': 'Signed in on {time}',
  'safety.this': 'This one',
  'safety.device.phone': 'A phone',
  'safety.device.tablet': 'A tablet',
  'safety.device.computer': 'A computer',
  'safety.device.other': 'Something else',
  'safety.lastUsed': 'Last used at {time}',
  'safety.notYou': 'Is one of them not you? Sign out everywhere. Then ask your adviser for a new code.',
  'safety.everywhere': 'Sign out everywhere',
  'safety.codes': 'Codes for your page',
  'safety.codesText': 'A code works once, for three days. When you use a new one, everyone else who is signed in as you is signed out.',
  'safety.given': '{who} gave out a code',
  'safety.used': 'A code was used to sign in',
  'safety.noCodes': 'No code was given out yet.',
  'safety.wasThisYou': 'Was this not you? Tell us.',
} as const;

export const SAFETY_WORDS = {
  en: EN,
  cy: {
    'safety.title': 'Cadw’r dudalen hon yn ddiogel',
    'safety.leave': 'Gadewch y dudalen hon ar unwaith â’r botwm ar frig y dudalen. Mae’n eich allgofnodi ac yn dangos y tywydd.',
    'safety.others':
      'Os bydd eraill yn defnyddio’r ffôn neu’r cyfrifiadur hwn, allgofnodwch bob tro. Peidiwch â gadael iddo gofio eich cyfrinair.',
    'safety.back':
      'Nid yw’r hyn y gwnaethoch edrych arno yn cael ei gadw ar y ddyfais hon. Gall ei hanes ddweud o hyd eich bod wedi bod yma. Gallwch glirio hwnnw yn eich porwr.',
    'safety.pressed':
      'Os bydd rhywun yn gwneud i chi ddangos y dudalen hon, gadewch hi. Dywedwch wrth eich cynghorydd, neu ffoniwch Childline: 0800 1111. Mae am ddim.',
    'safety.messages': 'Nid ydym yn anfon negeseuon atoch. Felly ni all neges ddweud wrth eraill eich bod yn defnyddio’r dudalen hon.',
    'safety.signIns': 'Ble rydych wedi mewngofnodi',
    'safety.signIn': 'Mewngofnodwyd ar {time}',
    'safety.this': 'Hwn',
    'safety.device.phone': 'Ffôn',
    'safety.device.tablet': 'Llechen',
    'safety.device.computer': 'Cyfrifiadur',
    'safety.device.other': 'Rhywbeth arall',
    'safety.lastUsed': 'Defnyddiwyd ddiwethaf am {time}',
    'safety.notYou': 'A oes un ohonynt nad chi ydyw? Allgofnodwch ym mhobman. Yna gofynnwch i’ch cynghorydd am god newydd.',
    'safety.everywhere': 'Allgofnodi ym mhobman',
    'safety.codes': 'Codau i’ch tudalen',
    'safety.codesText':
      'Mae cod yn gweithio unwaith, am dri diwrnod. Pan fyddwch yn defnyddio un newydd, caiff pawb arall sydd wedi mewngofnodi fel chi eu hallgofnodi.',
    'safety.given': 'Rhoddodd {who} god',
    'safety.used': 'Defnyddiwyd cod i fewngofnodi',
    'safety.noCodes': 'Ni roddwyd cod eto.',
    'safety.wasThisYou': 'Onid chi oedd hwn? Dywedwch wrthym.',
  } satisfies Readonly<Record<keyof typeof EN, string>>,
} as const;
