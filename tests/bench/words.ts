/** The programme's most frequent words in nynorsk, the most frequent first. */
export const words = `
  det og er som i på de dei til ein kva å ikkje med eit kan du har om skal for når ei av må noko vere at frå den kven
  blir ho minutt same treng eller alle nokon får to kvar ta ingen skriv éin han vel før då ut tre men vi vil andre
  utan så leiargruppa gjer kommunen går saman term seie kjem der òg kunne éi tid ha folk gjere nytt få dykk ser etter
  seg tek spør seier berre it veit kommunar korleis kommune mange over bruk sjå står ti deg opp tenk ved gi alt held
  gå kor enn neste system svar bordet vite siste fem att dette fram inn svaret velje gevinst no samlinga skrive tida
  først spørsmål gevinsten set åleine var kvifor gjennom meir tenesta fast del spørsmålet oppgåva slik kvart prøve
  tilsette bli år leiar drawing tjue bort ofte fire fortel sjølv vegen begge rundt arbeidet dag rett ting liten mellom
  femten gjeld filmen nokre hos endre spørsmåla medan bruke lenge sitt finne eig svarar nye di denne nok møte sluttar
  innbyggjaren forsøk oss nei fordi anna fleire likevel god lære betre tiltak sit leier ligg finn side fyll kaien ned
  byrjar setninga imot sak spørje gir viser veg elles budsjettet eigar teneste gonger ordet dato avtalen etterpå legg
  her person henne saka første samtalen digital la økosystem sjølve mykje godt sin kommunestyret mandat tilbake vente
  høgt ny avgjere data leiing lite kort dykkar sektor svara heile din løysinga sjeldan eitt laga mål annleis slutt
  sida innbyggjar gjerne bruker døme også møtet eige følgje systemet enno samla namn difor gong like lov lese
  hovudtillitsvald kjenner ulike tel tala sist året tabellen ville telefonen stoppar drifta små felles resten leiaren
  lista partnarskap betaler eiga avgjer skil halde sei kanskje oppgåver aldri val valt lett annan plass færre følgjer
  møter høyrer ventar forstår kommunedirektøren skreiv lettare leve tal gjort vedtak les sleppe note tenester klokka
  stor planen høyr mest fått eining drift vanskeleg samarbeidet ferja kome eigen krev oppgåve tenestene be gode
  snakkar retning prøv setning byrj steg likt linje tiltaket ja orda dårleg programmet sett mot utvikling strategien
  bestemt både forsøket gale derfor forankring handlar endring etaten jobben samtidig ettertanke teknologi vore bør
  personvern samarbeid feil rom stader prøver rammer opplæring utkast løysing tillitsvalde leiarar avhengig seinare
  kullet heimetenesta liste skjemaet brukar dømes månad ki delar kostar natta skulen ferdig arket snakk lag kjøpt
  rammeverket heiter løysingar fagsystem mandatet heime small stort ferry slepp stå smidig kvarandre arbeid samde
  byter folka rommet veker hjelper visjonen digitale ønske bord retninga usamde langt tredje naboen anten store kurs
  saksbehandlar skulle veke lenger talet poenget transformasjon deira bestemmer stoppa litt brukt nabokommunen beste
  endrar hjelp byrje lyttar meiningsfulle kvardagen setje kart start sagt borte hr meste omsorgssenteret avgjerda
  avgjerd tyder eigaren verktøy leverandør finst ansvaret stoppe klarer time faktisk rekkjefølgja setningane utkastet
  hus heller vanleg kjøp ringje gamle ringjer naboane bytast ord tech valet framleis ope lang byte format eigne funne
  blitt leverandørar avklar gjorde
`
  .trim()
  .split(/\s+/)
