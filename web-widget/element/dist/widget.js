"use strict";(()=>{function L(n){if(!h(n))return null;let e=g(n.blocks,s=>s),t=g(e,Ie),r=l(n.text),i=t;if(t.length<e.length&&r)i=[{type:"text",lang:null,text:r},...t.filter(s=>s.type==="choices")];else if(t.length===0){if(!r)return null;i=[{type:"text",lang:null,text:r}]}return{kind:l(n.kind)??"answer",lang:l(n.lang)??"de",service:l(n.service),facet:l(n.facet),blocks:i,source:je(n.source),suggestions:g(n.suggestions,Q),conversation:l(n.conversation),answer_id:l(n.answer_id)}}function Ie(n){if(!h(n))return null;let e=l(n.lang),t=l(n.label),r=l(n.text);switch(n.type){case"text":return r?{type:"text",lang:e,text:r}:null;case"checklist":{let i=g(n.items,ze);return i.length?{type:"checklist",lang:e,title:l(n.title),items:i}:null}case"hours":return{type:"hours",lang:e,office_name:l(n.office_name),date:l(n.date),date_label:l(n.date_label),open:typeof n.open=="boolean"?n.open:null,periods:g(n.periods,Y),reason:l(n.reason),next_opening:l(n.next_opening),week:g(n.week,Oe)};case"appointment":return t?{type:"appointment",lang:e,label:t,url:l(n.url),note:K(n)}:null;case"contact":{let i=l(n.name);return i?{type:"contact",lang:e,name:i,address:l(n.address),phones:g(n.phones,Pe),email:l(n.email),website:l(n.website),note:K(n)}:null}case"choices":{let i=g(n.choices,Q);return i.length?{type:"choices",lang:e,prompt:l(n.prompt),choices:i}:null}case"notice":{let{severity:i}=n;return r?{type:"notice",lang:e,severity:i==="warning"||i==="critical"?i:"info",text:r,valid_until:l(n.valid_until)}:null}case"link":{let i=l(n.url);return t&&i?{type:"link",lang:e,label:t,url:i}:null}default:return null}}function je(n){if(!h(n))return null;let e=l(n.title);return e?{title:e,as_of:l(n.as_of),revision:typeof n.revision=="number"?n.revision:null,checked_on:l(n.checked_on),url:l(n.url)}:null}function K(n){let e=l(n.note);return e?{text:e,lang:l(n.note_lang)}:null}function ze(n){if(!h(n))return null;let e=l(n.text);return e?{text:e,when:l(n.when),note:l(n.note),why:l(n.why)}:null}function Q(n){if(!h(n))return null;let e=l(n.label);return e?{label:e,send:l(n.send)??e}:null}function Y(n){if(!h(n))return null;let e=l(n.opens),t=l(n.closes);return e&&t?{opens:e,closes:t}:null}function Oe(n){if(!h(n))return null;let e=l(n.days);return e?{days:e,periods:g(n.periods,Y)}:null}function Pe(n){if(!h(n))return null;let e=l(n.number);return e?{label:l(n.label),number:e,uri:l(n.uri)}:null}function h(n){return typeof n=="object"&&n!==null&&!Array.isArray(n)}function l(n){return typeof n=="string"&&n.trim()!==""?n:null}function g(n,e){return Array.isArray(n)?n.map(e).filter(t=>t!==null):[]}var De=15e3,f=class extends Error{kind;sentence;code;constructor(e,t=null,r=null){super(e),this.kind=e,this.sentence=t,this.code=r}},E=class{#e;constructor(e){this.#e=e}greeting(e,t){return this.#r(`/api/v1/greeting?lang=${encodeURIComponent(e)}`,{},t)}ask(e,t){let r=JSON.stringify(e);return this.#r("/api/v1/messages",{method:"POST",headers:{"content-type":"application/json"},body:r},t)}async#r(e,t,r){let i=new AbortController,s=()=>i.abort(),a=!1,c=setTimeout(()=>{a=!0,s()},De);r.addEventListener("abort",s);try{let d=await fetch(this.#e+e,{...t,signal:i.signal,credentials:"omit",referrerPolicy:"no-referrer",cache:"no-store",redirect:"error"}),y=await d.text();return Ge(d.status,y)}catch(d){throw d instanceof f?d:r.aborted?new f("aborted"):new f(navigator.onLine||a?"unreachable":"offline")}finally{clearTimeout(c),r.removeEventListener("abort",s)}}};function Ge(n,e){let t=$e(e);if(n===200){let s=L(t);if(s)return s;throw new f("unreachable")}let r=h(t)&&h(t.error)?t.error:null,i=l(r?.message);throw n===429?new f("busy",i):n<500&&r?new f("refused",i,l(r.code)):new f("unreachable",i)}function $e(n){try{return JSON.parse(n)}catch{return null}}var J="launcher title subtitle close language question send waiting tooLong unreachable offline retry clear done failed privacy accessibility newWindow suggestions source asOf checkedOn revision helpful yes no thanks takenBack trouble wrong incomplete unclear comment always copy print take open openFor closed opens exceptions slots address phone email website info warning validUntil".split(" "),j={de:[`Frage stellen
Auskunft
Automatischer Assistent
Schließen
Sprache
Ihre Frage
Senden
Einen Moment bitte …
Höchstens 1000 Zeichen
Die Auskunft ist gerade nicht zu erreichen. Ihr Text bleibt stehen.
Sie sind offline. Ihr Text bleibt stehen und wird danach gesendet.
Erneut versuchen
Gespräch löschen
erledigt
nicht möglich
Datenschutz
Barrierefreiheit
(neues Fenster)
Fragen Sie zum Beispiel
Quelle:
Stand
geprüft am
Fassung
Hat das geholfen?
Ja
Nein
Danke!
Zurückgenommen.
Woran lag es?
Falsch oder veraltet
Unvollständig
Unverständlich
Anmerkung
In jedem Fall
Kopieren
Drucken
Mitnehmen
Geöffnet
Jetzt geöffnet – noch #
Geschlossen
öffnet # um # Uhr
Bald ist es anders
Nächste freie Termine
Adresse
Telefon
E-Mail
Internet
Hinweis
Achtung
Gilt bis #`],"de-simple":[`

Ein Computer-Programm




Die Antwort kommt gleich.
Das ist zu lang
Die Auskunft geht gerade nicht. Ihr Text ist noch da.
Sie haben kein Internet. Warten Sie bitte.
Noch einmal versuchen



Daten-Schutz
Barriere-Freiheit
(Ein neues Fenster geht auf)
Das können Sie fragen
Der Text ist von:






Danke für Ihre Antwort.
Das zählt nicht mehr.
Was war nicht gut?
Das ist falsch
Es fehlt etwas
Das ist zu schwer
Das will ich sagen
Das brauchen Sie immer



Offen
Jetzt offen – noch #
Zu
offen # um # Uhr
Bald andere Zeiten
Freie Termine



Internet-Seite


Das gilt bis: #`],en:[`Ask a question
Information desk
Automatic assistant
Close
Language
Your question
Send
One moment please …
1000 characters at most
The desk cannot be reached right now. Your text stays here.
You are offline. Your text stays here and is sent afterwards.
Try again
Delete conversation
done
not possible
Privacy
Accessibility
(new window)
You could ask
Source:
as of
checked on
version
Did this help?
Yes
No
Thank you!
Taken back.
What was wrong?
Wrong or out of date
Incomplete
Hard to understand
Comment
In every case
Copy
Print
Take along
Open
Open now – for another #
Closed
opens # at #
Different hours soon
Next free appointments
Address
Phone
Email
Website
Note
Attention
Valid until #`],fr:[`Poser une question
Renseignements
Assistant automatique
Fermer
Langue
Votre question
Envoyer
Un instant …
1000 caractères au maximum
Le service est injoignable pour le moment. Votre texte reste ici.
Vous êtes hors ligne. Votre texte reste ici et partira ensuite.
Réessayer
Effacer la conversation
fait
impossible
Protection des données
Accessibilité
(nouvelle fenêtre)
Par exemple
Source :
état :
vérifié le
version
Cela vous a-t-il aidé ?
Oui
Non
Merci !
Retiré.
Qu’est-ce qui n’allait pas ?
Faux ou dépassé
Incomplet
Incompréhensible
Remarque
Dans tous les cas
Copier
Imprimer
Emporter
Ouvert
Ouvert maintenant – encore #
Fermé
ouvre # à #
Bientôt d’autres horaires
Prochains rendez-vous libres
Adresse
Téléphone
E-mail
Site web
Remarque
Attention
Valable jusqu’au #`],tr:[`Soru sor
Danışma
Otomatik asistan
Kapat
Dil
Sorunuz
Gönder
Bir dakika lütfen …
En fazla 1000 karakter
Danışmaya şu anda ulaşılamıyor. Metniniz burada kalır.
Çevrimdışısınız. Metniniz burada kalır, sonra gönderilir.
Yeniden dene
Konuşmayı sil
tamam
olmadı
Veri koruması
Erişilebilirlik
(yeni pencere)
Örnek sorular
Kaynak:
bilgi tarihi
kontrol tarihi
sürüm
Bu yardımcı oldu mu?
Evet
Hayır
Teşekkürler!
Geri alındı.
Sorun neydi?
Yanlış veya eski
Eksik
Anlaşılmıyor
Not
Her durumda
Kopyala
Yazdır
Yanına al
Açık
Şu anda açık – # daha
Kapalı
açılış: #, #
Yakında farklı saatler
En yakın boş randevular
Adres
Telefon
E-posta
İnternet sitesi
Not
Dikkat
Son geçerlilik günü: #`],pl:[`Zadaj pytanie
Informacja
Automatyczny asystent
Zamknij
Język
Państwa pytanie
Wyślij
Chwileczkę …
Najwyżej 1000 znaków
Informacja jest teraz niedostępna. Tekst pozostaje tutaj.
Brak internetu. Tekst pozostaje tutaj i wyślemy go potem.
Spróbuj ponownie
Usuń rozmowę
gotowe
nie udało się
Ochrona danych
Dostępność
(nowe okno)
Na przykład
Źródło:
stan:
sprawdzono
wersja
Czy to pomogło?
Tak
Nie
Dziękujemy!
Cofnięto.
Co było nie tak?
Błędne lub nieaktualne
Niepełne
Niezrozumiałe
Uwaga
W każdym przypadku
Kopiuj
Drukuj
Zabierz
Czynne
Teraz czynne – jeszcze #
Nieczynne
otwarcie: #, #
Wkrótce inne godziny
Najbliższe wolne terminy
Adres
Telefon
E-mail
Strona internetowa
Wskazówka
Uwaga
Obowiązuje do: #`],ru:[`G\`d\`r| bnopnq
Qop\`bnwm\`
@brnl\`rhweqjhi onlnymhj
G\`jp{r|
_g{j
B\`x bnopnq
Nrop\`bhr|
Ndms lhmsrs …
Me ank|xe 1000 gm\`jnb
Qop\`bnwm\` qeiw\`q mednqrsom\`. B\`x rejqr nqr\`kq gdeq|.
Mer hmrepmer\`. B\`x rejqr nqr\`kq gdeq| h nrop\`bhrq onrnl.
Onopnanb\`r| eyё p\`g
Sd\`khr| aeqeds
cnrnbn
me sd\`knq|
G\`yhr\` d\`mm{u
Dnqrsomnqr|
(mnbne njmn)
Qopnqhre, m\`ophlep
Hqrnwmhj:
on qnqrnmh~ m\`
opnbepemn
bepqh
]rn onlnckn?
D\`
Mer
Qo\`qhan!
Nrlememn.
Wrn me r\`j?
Mebepmn hkh sqr\`pekn
Meonkmn
Meonmrmn
Jnllemr\`phi
B k~anl qksw\`e
Jnohpnb\`r|
Oew\`r|
Bgr| q qnani
Nrjp{rn
Qeiw\`q nrjp{rn – eyё #
G\`jp{rn
nrjpnerq: #, #
Qjnpn dpsche w\`q{ p\`anr{
Akhf\`ixee qbnandmne bpel
@dpeq
Reketnm
]k. onwr\`
Q\`ir
Ophlew\`mhe
Bmhl\`mhe
Deiqrbser dn: #`,976],uk:["Onqr`bhrh g`ohr`mm\nDnbіdj`\n@brnl`rhwmhi onlіwmhj\nG`jphrh\nLnb`\nB`xe g`ohr`mm\nM`dіqk`rh\nNdms ubhkhms …\nMe aіk|xe 1000 gm`jіb\nDnbіdj` g`p`g mednqrsom`. B`x rejqr g`khxhbq rsr.\nMel`є іmrepmers. B`x rejqr g`khxhbq rsr і m`dіxker|q onrіl.\nQopnasb`rh ye p`g\nBhd`khrh pnglnbs\ncnrnbn\nme bd`knq\nG`uhqr d`mhu\nDnqrsomіqr|\n(mnbe bіjmn)\nG`ohr`ire, m`ophjk`d\nDfepekn:\nqr`mnl m`\noepebіpemn\nbepqі\nVe dnonlnckn?\nR`j\nMі\nDjsєln!\nQj`qnb`mn.\nYn me r`j?\nMeop`bhk|mn `an g`qr`pіkn\nMeonbmn\nMegpngslіkn\nJnlemr`p\nS asd|-jnls p`gі\nJnoі~b`rh\nDpsj\nSgrh g qnan~\nBіdwhmemn\nG`p`g bіdwhmemn – ye #\nG`whmemn\nbіdwhmhr|q: #, #\nQjnpn іmxі cndhmh pnanrh\nM`iakhfwhi bіk|mhi w`q\n@dpeq`\nReketnm\nEk. onxr`\nQ`ir\nOphlіrj`\nSb`c`\nDіє dn: #",976],ar:[`VPL RCFc
FcFRIXcFdFI
dRFXN Aci
DYcFa
FccYH
RCFcb
DPRFc
cLWH de \`Ucb …
1000 LP\` Xch FcBbJP
cF idbe FcgTgc Dch FcFRIXcFdFI FcAe. iGah eTb feF.
BeI YiP dITc. iGah eTb feF ginPRc cFLajF.
DXFNH FcdLFgcH
LO\` FcdLFNJH
Id
YiP ddbe
LdFiH FcGiFeFI
RfgcH FcgTgc
(eF\`OH KNiNH)
FRBc dJcjF
FcdTNP:
GIFPiM
PgKX \`i
FceRMH
fc B\`FNb fOF؟
eXd
cF
SbPjF!
Id FcIPFKX.
dF FcdSbcH؟
MVB Bg aNid
eFaT
YiP d\`fgd
dcFLWH
\`i bc FcBLgFc
eRM
VGFXH
BMO dXb
d\`IgL
d\`IgL FcAe – Gai #
dYca
i\`IL # FcRFXH #
BgaFI dMIc\`H aPiGjF
BaPG FcdgFXiN FcdIFLH
FcXegFe
FcfFI\`
FcGPiN FcDcbIPgei
FcdgaX FcDcbIPgei
dcFLWH
IeGif
iRPi LIh #`,1505]};var Ue=new Set(["ar","ckb","dv","fa","he","ps","sd","ug","ur","yi"]),x="de-simple";function Ve(n){let e=n.toLowerCase();return e===x?e:w(e)}function w(n){return n.toLowerCase().split(/[-_]/,1)[0]||"de"}function u(n){let e=w(n),t={lang:e,dir:Ue.has(e)?"rtl":"ltr"};return n.toLowerCase()===x&&(t["data-simple"]=""),t}function X(n){let e=n;for(;e;){let t=e.closest("[lang]:not([lang=''])")?.getAttribute("lang");if(t)return Ve(t);let r=e.getRootNode();e=r instanceof ShadowRoot?r.host:null}return"de"}var z=Object.keys(j),Z=new Map;function O(n){return[n.toLowerCase(),w(n)].find(e=>z.includes(e))??"en"}function _(n){let e=O(n),t=Z.get(e);return t||(t=We(e),Z.set(e,t)),t}function C(n,...e){return e.reduce((t,r)=>t.replace("#",()=>r),n)}function ee(n){if(n===x)return"Leichte Sprache";let e=new Intl.DisplayNames(n,{type:"language"}).of(n)??n;return e.charAt(0).toLocaleUpperCase(n)+e.slice(1)}function We(n){let[e="",t=0]=j[n]??[],r=e.split(`
`).map(a=>t?Ke(a,t):a),i=n===x?_("de"):{},s=J.map((a,c)=>[a,r[c]||i[a]]);return{...Object.fromEntries(s),lang:n}}function Ke(n,e){return n.replace(/[@-\x7f]/g,t=>String.fromCharCode(t.charCodeAt(0)+e))}function o(n,e={},...t){let r=document.createElement(n);for(let[i,s]of Object.entries(e))r.setAttribute(i,s);return r.append(...t.filter(i=>i!==null)),r}var ne="http://www.w3.org/2000/svg",Qe={ask:"M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2ZM8 9h8M8 12.5h5",close:"M6 6l12 12M18 6 6 18",tick:"M5 12.5l4.5 4.5L19 7.5",copy:"M9 9h10v11H9zM5 15V4h10",print:"M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",away:"M9 6h9v9M18 6 7 17",info:"M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5.5M12 7.5v.2",warning:"M12 4 2.5 20h19zM12 10v4.5M12 17.2v.2",globe:"M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",calendar:"M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8"};function p(n){let e=document.createElementNS(ne,"svg");for(let[r,i]of Object.entries({viewBox:"0 0 24 24",class:"icon","aria-hidden":"true"}))e.setAttribute(r,i);let t=document.createElementNS(ne,"path");return t.setAttribute("d",Qe[n]),e.append(t),e}function re(n){let e=n.cloneNode(!0);for(let t of e.querySelectorAll(".unseen"))t.remove();return e.textContent??""}var te=0;function ie(){return te+=1,`auskunft-${te}`}var Ye=/^\s*[-*•]\s+(.*)$/,Je=/^\s*(\d{1,3})[.)]\s+(.*)$/,Xe=/\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^()\s]+)\)/g;function T(n,e){let t=[],r=null;for(let i of n.split(`
`)){let s=Ye.exec(i),a=Je.exec(i);if(s||a){let c=s?"ul":"ol";if(r?.localName!==c){r=o(c);let d=a?.[1];d&&d!=="1"&&r.setAttribute("start",d),t.push(r)}r.append(o("li",{},...k(s?.[1]??a?.[2]??"",e)))}else i.trim()===""?r?.localName==="p"&&(r=null):r?.localName==="p"?r.append(o("br"),...k(i,e)):(r=o("p",{},...k(i,e)),t.push(r))}return t}function S(n,e){let t=n.lang?u(n.lang):{};return o("div",{...t,class:"remark"},...T(n.text,e.within(n.lang)))}function k(n,e){let t=[],r=0;for(let i of n.matchAll(Xe)){let[s,a,c,d]=i;t.push(n.slice(r,i.index)),a?t.push(o("strong",{},...k(a,e))):c&&d&&t.push(e.link(d,{},c)),r=i.index+s.length}return t.push(n.slice(r)),t}var ae=new WeakMap;function le(n,e,t,r){ae.set(r,{block:n,context:e,outer:t});let i=ce(n.items),s=[];for(let a of i){let c=Ze(a,i,e);c&&s.push(o("h3",{class:"when"},...c)),s.push(o("ul",{},...a.items.map(d=>en(d,e))))}return s.push(o("div",{class:"tools"},navigator.clipboard?oe("copy",e.labels.copy,e):null,oe("print",e.labels.print,e))),s}function ce(n){let e=new Map;for(let r of n){let i=e.get(r.when)??{when:r.when,items:[]};i.items.push(r),e.set(r.when,i)}let t=[...e.values()];return[...t.filter(r=>r.when===null),...t.filter(r=>r.when!==null)]}function P(n){let e=n.closest(".checklist"),t=e&&ae.get(e);return e&&t?{...t,shell:e}:null}function de({block:n,context:e,outer:t}){return n.title?o("h1",n.lang?u(t.lang):{},n.title):o("h1",{},e.say(e.labels.title))}function pe({block:n,context:e}){let t=ce(n.items),r=[n.title??e.labels.title];for(let i of t){let s=i.when?ue(i.when):t.length>1?e.labels.always:null;r.push(""),s&&r.push(`${s}:`);for(let a of i.items){r.push(`- ${se(a.text)}`);for(let c of[a.note,a.why])c&&r.push(`  ${se(c)}`)}}return r.join(`
`)}function Ze(n,e,t){return n.when?[ue(n.when)]:e.length>1?[t.say(t.labels.always)]:null}function en(n,e){let t=[n.note,n.why].filter(r=>r!==null);return o("li",{},p("tick"),o("div",{},...k(n.text,e),...t.map(r=>o("p",{class:"remark"},...k(r,e)))))}function oe(n,e,t){return o("button",{type:"button",class:"quiet","data-action":n},p(n),t.say(e))}function ue(n){return n.charAt(0).toUpperCase()+n.slice(1)}function se(n){return n.replace(/\*\*([^*]+)\*\*/g,"$1").replace(/\[([^\]]+)\]\(([^()\s]+)\)/g,"$1 ($2)")}var he=':host{all:initial;--_accent: var(--auskunft-accent, #0b5a69);--_on-accent: var(--auskunft-on-accent, #fff);--_surface: var(--auskunft-surface, #fff);--_text: var(--auskunft-text, #16262a);--_muted: var(--auskunft-muted, #4a5c61);--_border: var(--auskunft-border, #d3dddf);--_control: #6b7f85;--_tint: 11%;--_good: #1b6638;--_warning: #7a4a00;--_critical: #a01919;--_shadow: 0 .5em 2em rgb(16 38 42 / 22%);--_soft: color-mix(in srgb, var(--_accent) var(--_tint), var(--_surface));--_radius: var(--auskunft-radius, .875em);--_offset: var(--auskunft-offset, 1.25em);--_layer: var(--auskunft-z-index, 10000);color-scheme:light}:host([hidden]),[hidden]{display:none!important}*,:before,:after{box-sizing:border-box}.root{font:1em/1.5 var(--auskunft-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);color:var(--_text);text-align:start;overflow-wrap:anywhere}.unseen,.paper{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;border:0}p,li{text-wrap:pretty}.paper{position:fixed;inset:auto auto 0 0}h2,h3,h4,p,ul,ol,dl,dd{margin:0;padding:0}h2,h3,h4{font-size:1em;font-weight:650;line-height:1.3;text-wrap:balance}.icon{flex:none;width:1.25em;height:1.25em;fill:none;stroke:currentcolor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}button,a,textarea,select,.log{outline:none}:focus-visible{outline:3px solid var(--_accent);outline-offset:2px;border-radius:.375em}button{font:inherit;color:inherit;cursor:pointer;margin:0}[aria-disabled]{cursor:default}.primary,.quiet,.choice,.launcher{display:inline-flex;align-items:center;gap:.5em;min-height:2.75em;padding:.5em 1em;border:1px solid transparent;border-radius:.625em;line-height:1.25;text-align:start;text-decoration:none}:is(.primary,.quiet,.choice):focus-visible{border-radius:.625em}.primary{background:var(--_accent);color:var(--_on-accent);font-weight:600}.primary:not([aria-disabled]):hover{text-decoration:underline;text-underline-offset:.2em}.primary[aria-disabled]{background:var(--_soft);color:var(--_muted)}.quiet{background:transparent;color:var(--_accent);border-color:var(--_border);font-weight:550}.quiet:hover{background:var(--_soft);border-color:var(--_control)}a{color:var(--_accent);text-underline-offset:.2em;text-decoration-thickness:1px}a:hover{text-decoration-thickness:2px}a:not(.primary) .icon{width:.85em;height:.85em;margin-inline-start:.2em;vertical-align:-.08em;stroke-width:2.2}.unbroken{white-space:nowrap}[dir=rtl] a .icon{transform:scaleX(-1)}.launcher{position:fixed;inset:auto calc(var(--_offset) + env(safe-area-inset-right,0px)) calc(var(--_offset) + env(safe-area-inset-bottom,0px)) auto;z-index:var(--_layer);min-height:3.25em;max-width:calc(100vw - 2 * var(--_offset));padding:.625em 1.375em .625em 1.125em;border-radius:2em;background:var(--_accent);color:var(--_on-accent);font-weight:600;box-shadow:var(--_shadow)}.launcher .icon{width:1.5em;height:1.5em}.launcher:hover{text-decoration:underline;text-underline-offset:.2em}.launcher:focus-visible{outline-color:var(--_accent);border-radius:2em;box-shadow:0 0 0 2px var(--_surface),0 0 0 7px var(--_surface)}:host([position="left"]) .launcher{right:auto;left:calc(var(--_offset) + env(safe-area-inset-left,0px))}.panel{position:fixed;right:calc(var(--_offset) + env(safe-area-inset-right,0px));bottom:calc(var(--_offset) + env(safe-area-inset-bottom,0px));z-index:var(--_layer);display:flex;flex-direction:column;width:min(var(--auskunft-width, 27em),100vw - 2 * var(--_offset));height:min(var(--auskunft-height, 44em),100vh - 2 * var(--_offset));height:min(var(--auskunft-height, 44em),100dvh - 2 * var(--_offset));overflow:clip;background:var(--_surface);border:1px solid var(--_border);border-radius:var(--_radius);box-shadow:var(--_shadow)}:host([position="left"]) .panel{right:auto;left:calc(var(--_offset) + env(safe-area-inset-left,0px))}.header{display:flex;flex-wrap:wrap;align-items:center;gap:0 .5em;padding:.5em .75em .5em 1.25em;border-bottom:1px solid var(--_border)}.header h2{font-size:1.1875em}.header p{color:var(--_muted);font-size:.875em;line-height:1.4}.heading{display:contents}.header h2{flex:1 1 50%}.header p{order:1;flex:1 1 40%}.header .quiet{border-color:transparent;padding-inline:.5em;gap:.25em}.language{order:1;display:flex;flex-wrap:wrap;align-items:center;gap:0 .25em;font-size:.875em;color:var(--_muted)}select{font:inherit;color:var(--_accent);background:var(--_surface);border:0;border-radius:.375em;min-height:2em;max-width:100%;padding:0;cursor:pointer}.log{position:relative;flex:1;min-height:0;overflow:hidden auto;overscroll-behavior:contain;padding:1.25em;scroll-padding-top:.75em;display:flex;flex-direction:column;gap:1.25em}.log:focus-visible{outline-offset:-3px;border-radius:0}.message{flex:none;max-width:100%}.visitor{align-self:flex-end;max-width:85%;padding:.625em 1em;border-radius:1.125em 1.125em .25em;border:1px solid transparent;background:var(--_soft);white-space:pre-wrap}.desk{display:flex;flex-direction:column;gap:.875em}.desk[data-simple]{line-height:1.75}.desk[data-kind=emergency]{border-inline-start:4px solid var(--_critical);padding-inline-start:.875em}.block>*+*,.notice>div>*+*{margin-top:.625em}.text :is(ul,ol),.remark :is(ul,ol){padding-inline-start:1.375em}.text li+li{margin-top:.25em}.text li::marker{color:var(--_accent)}.checklist,.hours,.contact{border:1px solid var(--_border);border-radius:var(--_radius);padding:1em 1.125em}.remark{color:var(--_muted);font-size:.875em;line-height:1.45}.checklist ul{list-style:none;display:flex;flex-direction:column;gap:.625em}.checklist li{display:flex;gap:.625em}.checklist li>.icon{color:var(--_good);margin-top:.125em;stroke-width:2.2}.checklist li>div{flex:1;min-width:0}.checklist .remark{margin-top:.125em}.checklist .when{margin-top:1em;padding-top:.875em;border-top:1px solid var(--_border);color:var(--_accent)}.checklist>.when:first-child{margin-top:0;padding-top:0;border-top:0}.tools{display:flex;flex-wrap:wrap;gap:.5em;padding-top:.5em}.tools .quiet{font-size:.9375em;padding-inline:.75em .875em}.hours .day{margin-top:.125em;color:var(--_muted)}.state{display:flex;width:fit-content;align-items:center;gap:.375em;font-weight:600}.state .icon{stroke-width:2.4}.is-open{color:var(--_good)}.is-closed{color:var(--_critical)}.periods{list-style:none;font-size:1.125em;font-variant-numeric:tabular-nums}.hours dl{font-variant-numeric:tabular-nums}dl>div{display:flex;flex-wrap:wrap;gap:0 1em;padding:.4375em 0;border-top:1px solid var(--_border)}dl>div:first-child{border-top:0}dt{flex:1 1 8em;color:var(--_muted)}dd{flex:0 1 auto}.hours dl>div{justify-content:space-between}.hours dd>span{display:block}.contact dl>div{flex-direction:column}.contact dt{flex:none;font-size:.875em}.contact :is(dd>a){display:inline-block;min-height:1.5em}.address{white-space:pre-line}.prompt{font-weight:550}.choices{display:flex;flex-wrap:wrap;gap:.5em;margin-top:.5em}.choice{background:var(--_surface);color:var(--_accent);border-color:var(--_control);border-radius:1.375em;font-weight:550}.choice:focus-visible{border-radius:1.375em}.choice:not([aria-disabled]):hover{background:var(--_soft);border-color:var(--_accent)}.choice .icon{display:none}.choice[aria-disabled]{color:var(--_muted);border-color:var(--_border);font-weight:400}.choice[aria-pressed]{color:var(--_text);border-color:var(--_accent);background:var(--_soft);font-weight:550}.choice[aria-pressed] .icon{display:block;color:var(--_accent)}.suggestions .prompt{font-size:.875em;font-weight:400;color:var(--_muted)}.suggestions .choice{font-size:.9375em}.suggestions .choice[aria-disabled]:not([aria-pressed]){display:none}.suggestions:not(:has(.choice:not([aria-disabled]),.choice[aria-pressed])){display:none}.notice{--_tone: var(--_accent);display:flex;gap:.75em;padding:.875em 1em;border:1px solid var(--_tone);border-inline-start-width:4px;border-radius:.625em;background:color-mix(in srgb,var(--_tone) 7%,var(--_surface))}.notice.warning{--_tone: var(--_warning)}.notice.critical{--_tone: var(--_critical)}.notice>.icon{color:var(--_tone);width:1.5em;height:1.5em}.notice>div{flex:1;min-width:0;margin:0}.notice .severity{font-weight:650;color:var(--_tone)}.notice>div>.severity+*{margin-top:.125em}.way{display:inline-block;padding-block:.25em;font-weight:550}.source{color:var(--_muted);font-size:.8125em;line-height:1.5}.source>span:first-child{display:block;text-wrap:pretty}.source>span~span+span:before{content:" \\b7  "}.source a{color:inherit}.status,.counter{color:var(--_muted);font-size:.875em}.status:not(:empty){padding:.25em 1.25em .75em}.alert{display:flex;flex-direction:column;align-items:flex-start;gap:.5em}.alert:has(>p:not(:empty)){margin:0 1.25em 1em;padding:.75em 1em;border:1px solid var(--_critical);border-inline-start-width:4px;border-radius:.625em}.alert .quiet{min-height:2.5em}.help ::slotted(*){color:var(--_accent)!important}.form{padding:.875em 1.25em .5em;border-top:1px solid var(--_border)}.form label{display:block;margin-bottom:.375em;font-size:.9375em;font-weight:600}.row{display:flex;align-items:flex-end;gap:.625em}textarea{flex:1;min-width:0;margin:0;padding:.5625em .75em;font:inherit;line-height:1.4;color:inherit;background:var(--_surface);border:1px solid var(--_control);border-radius:.625em;resize:none;field-sizing:content;min-height:2.75em;max-height:8em}textarea:focus-visible{outline-offset:0;border-radius:.625em}.counter:not(:empty){margin-top:.375em}.footer{display:flex;flex-wrap:wrap;gap:0 1em;padding:0 1.25em .5em}.footer :is(a,button){font-size:.8125em;display:inline-flex;align-items:center;min-height:2.25em;padding:0;border:0;background:none;color:var(--_muted);text-decoration:underline;text-underline-offset:.2em;text-decoration-thickness:1px}.footer :is(a,button):hover{color:var(--_text)}@media(max-width:30em),(max-height:26em){.panel{inset:0!important;width:100%;height:100%;height:100dvh;border:0;border-radius:0}.log{padding:1em}.header{padding-inline:1em .5em}.form,.footer{padding-inline:1em}}@media(max-height:26em){.panel{display:block;overflow:hidden auto;scroll-padding-top:4.75em}.log{overflow:visible}.header{position:sticky;top:0;z-index:1;padding-block:.25em;background:var(--_surface)}}@media(prefers-reduced-motion:no-preference){.log,.panel{scroll-behavior:smooth}.panel{animation:arrive .16s ease-out}@keyframes arrive{0%{opacity:0;transform:translateY(.75em)}}}@media(forced-colors:active){.visitor,.primary,.launcher{border-color:currentcolor}.choice[aria-pressed]{border-width:3px}.primary[aria-disabled],.choice[aria-disabled]:not([aria-pressed]){color:GrayText;border-color:GrayText}:focus-visible{outline-color:Highlight}}@media print{.root{display:none}}';var me=":host{--_accent: var(--auskunft-accent-dark, #7fcfdf);--_on-accent: var(--auskunft-on-accent-dark, #06262d);--_surface: var(--auskunft-surface-dark, #151d20);--_text: var(--auskunft-text-dark, #e9f0f1);--_muted: var(--auskunft-muted-dark, #aebfc3);--_border: var(--auskunft-border-dark, #37484d);--_control: #82979d;--_tint: 16%;--_good: #8fdcab;--_warning: #f2c572;--_critical: #ffaca5;--_shadow: 0 .5em 2em rgb(0 0 0 / 60%);color-scheme:dark}";var fe='@page{margin:2cm}body{margin:0;font:12pt/1.5 system-ui,sans-serif;color:#000}h1{margin:0 0 .75em;font-size:1.4em;line-height:1.25}.when{margin:1.25em 0 .5em;font-size:1.05em}ul{margin:0;padding:0;list-style:none}li{display:flex;gap:.75em;padding:.3em 0;break-inside:avoid}li:before{content:"";flex:none;width:.9em;height:.9em;margin-top:.25em;border:1px solid #000}p{margin:0}.remark{font-size:.9em}.source{margin-top:2em;padding-top:.5em;border-top:1px solid #000;font-size:.8em}.source>*+*:before{content:" \\b7  "}.icon,.tools,.unseen{display:none}a{color:inherit}';var ge=fe,M=class{#e;#r=F(he);#n=F(me);constructor(e){this.#e=e,this.theme(null)}theme(e){this.#n.media.mediaText=e==="dark"?"all":"(prefers-color-scheme: dark)",this.#e.adoptedStyleSheets=e==="light"?[this.#r]:[this.#r,this.#n]}};function F(n,e=globalThis){let t=new e.CSSStyleSheet;return t.replaceSync(n),t}async function ye(n){let e=P(n);if(!e)return!1;let t=we(n),r=[pe(e),...t?["",[...t.children].map(re).join(" · ")]:[]];try{return await navigator.clipboard.writeText(r.join(`
`)),!0}catch{return!1}}function be(n,e){let t=P(n);if(!t)return null;let r=t.block.title??t.context.labels.title,i=o("iframe",{class:"paper",title:r,tabindex:"-1","aria-hidden":"true"});e.append(i);let s=i.contentWindow;if(!s)return i;let a=s.document;a.title=r;for(let[d,y]of Object.entries(u(t.context.lang)))a.documentElement.setAttribute(d,y);a.adoptedStyleSheets=[F(ge,s)];let c=we(n);return a.body.append(de(t),a.importNode(t.shell,!0),...c?[a.importNode(c,!0)]:[]),s.print(),i}function we(n){return n.closest(".message")?.querySelector(".source")??null}function ke(n,e){let t=n.url?e.link(n.url,{class:"primary"},p("calendar"),o("span",{},n.label)):o("p",{},o("strong",{},n.label));return n.note?[t,S(n.note,e)]:[t]}function ve(n,e){return Te(n.prompt,n.choices)}function xe(n,e){return o("div",{class:"suggestions",part:"suggestions"},...Te(e.say(e.labels.suggestions),n))}function _e(n,e){let t=[...n.querySelectorAll("[data-send]:not([aria-disabled])")];for(let r of t)r.setAttribute("aria-disabled","true"),r.textContent===e&&r.setAttribute("aria-pressed","true");return()=>{for(let r of t)r.removeAttribute("aria-disabled"),r.removeAttribute("aria-pressed")}}function Te(n,e){let t=ie(),r=e.map(({label:s,send:a})=>o("button",{type:"button",class:"choice",part:"choice","data-send":a},p("tick"),o("span",{},s))),i=o("div",{class:"choices",role:"group"},...r);return n?(i.setAttribute("aria-labelledby",t),[o("p",{id:t,class:"prompt"},n),i]):[i]}function Le(n,e){let{labels:t}=e,r=[],i=(s,...a)=>{r.push(o("div",{},o("dt",{},s),...a.map(c=>o("dd",{},c))))};for(let{label:s,number:a,uri:c}of n.phones){let d=o("bdi",{dir:"ltr"},a);i(s??e.say(t.phone),e.link(c??`tel:${a.replace(/[^+\d]/g,"")}`,{class:"phone"},d))}return n.email&&i(e.say(t.email),e.link(`mailto:${n.email}`,{},o("bdi",{},n.email))),n.website&&i(e.say(t.website),e.link(n.website,{},o("bdi",{},on(n.website)))),n.address&&i(e.say(t.address),o("span",{class:"address"},n.address)),[o("h3",{},n.name),...r.length?[o("dl",{},...r)]:[],...n.note?[S(n.note,e)]:[]]}function on(n){return n.replace(/^https?:\/\/(www\.)?/,"").replace(/\/$/,"")}function Ee(n,e){let t=[],{labels:r}=e;n.office_name&&t.push(o("h3",{},n.office_name)),n.date&&t.push(o("p",{class:"day"},n.date_label??e.day(n.date)));let i=sn(n,e);if(i&&t.push(i),n.periods.length&&t.push(o("ul",{class:"periods"},...n.periods.map(s=>o("li",{},Ce(s))))),n.week.length&&t.push(an(n,e)),n.reason&&t.push(o("p",{class:"remark"},n.reason)),n.next_opening&&n.open!==!0){let{day:s,time:a}=e.dayAndTime(n.next_opening);t.push(o("p",{class:"next"},e.say(C(r.opens,s,a))))}return t}function sn(n,e){if(n.open===null||!n.open&&n.periods.length)return null;let{open:t,closed:r}=e.labels;return o("p",{class:`state ${n.open?"is-open":"is-closed"}`},p(n.open?"tick":"close"),e.say(n.open?t:r))}function an(n,e){let t=n.week.map(({days:r,periods:i})=>o("div",{},o("dt",{},r),o("dd",{},...i.length?i.map(s=>Ce(s)):[e.say(e.labels.closed)])));return o("dl",{},...t)}function Ce({opens:n,closes:e}){return o("bdi",{dir:"ltr"},`${n} – ${e}`)}function Se(n,e){return[e.link(n.url,{class:"way"},n.label)]}function Me(n,e,t){t.classList.add(n.severity);let{info:r,warning:i,validUntil:s}=e.labels;return[p(n.severity==="info"?"info":"warning"),o("div",{},o("p",{class:"severity"},e.say(n.severity==="info"?r:i)),...T(n.text,e),n.valid_until?o("p",{class:"remark"},e.say(C(s,e.date(n.valid_until)))):null)]}function Fe(n,e){let t=e.within(n.lang),r=n.lang?u(n.lang):{},i=o("div",{...r,class:`block ${n.type}`,part:`block ${n.type}`});return i.append(...ln(n,t,e,i)),i}function ln(n,e,t,r){switch(n.type){case"text":return T(n.text,e);case"checklist":return le(n,e,t,r);case"hours":return Ee(n,e);case"appointment":return ke(n,e);case"contact":return Le(n,e);case"choices":return ve(n,e);case"notice":return Me(n,e,r);case"link":return Se(n,e)}}var cn=new Set(["https:","http:","mailto:","tel:"]),dn=24,N=class n{labels;lang;server;constructor(e,t,r=_(t)){this.server=e,this.lang=t,this.labels=r}within(e){return e?new n(this.server,e,this.labels):this}say(e){return w(this.labels.lang)===w(this.lang)?e:o("span",u(this.labels.lang),e)}link(e,t,...r){let i=this.#r(e);if(!i)return o("span",{},...r);let s=i.protocol.startsWith("http")&&i.origin!==location.origin,a=o("a",{...t,href:i.href},...r);if(s){a.target="_blank",a.rel="noopener";let c=p("away"),d=a.lastChild;d instanceof Text?pn(d,c):a.append(c),a.append(o("span",{class:"unseen"}," ",this.say(this.labels.newWindow)))}return a}date(e){return this.#e(e,{dateStyle:"long"})}shortDate(e){return this.#e(e,{dateStyle:"medium"})}day(e){return this.#e(e,{dateStyle:"full"})}dayAndTime(e){return{day:this.#e(e,{weekday:"long",day:"numeric",month:"long"}),time:e.slice(11,16)}}#e(e,t){let r=/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?/.exec(e);if(!r)return e;let i=new Date(r[1]?`${r[0]}Z`:r[0]);return Number.isNaN(i.getTime())?e:new Intl.DateTimeFormat(this.labels.lang,{...t,timeZone:"UTC"}).format(i)}#r(e){try{let t=new URL(e,`${this.server}/`);return cn.has(t.protocol)?t:null}catch{return null}}};function pn(n,e){let t=n.data.lastIndexOf(" ")+1,r=n.data.length-t>dn?n:n.splitText(t),i=o("span",r===n?{}:{class:"unbroken"});r.replaceWith(i),i.append(r,e)}var A=class{#e;#r;#n;#i;constructor(e,t,r,i){this.#e=e,this.#r=t,this.#n=r,this.#i=i}show(e){this.#e.replaceChildren();for(let t of e)t.by==="visitor"?this.addQuestion(t.text):this.addReply(t.reply)}addQuestion(e){let t=[...this.#e.children].map(i=>_e(i,e)),r=o("div",{class:"message visitor",part:"message visitor"},o("span",{class:"unseen"},`${this.#n.question}: `),o("span",{dir:"auto"},e));return this.#e.append(r),this.#t(r),()=>{r.remove(),t.forEach(i=>i())}}addGreeting(e){this.#e.prepend(this.#s(e))}addReply(e){this.#e.append(this.#s(e)),this.bringUpLatest()}bringUpLatest(){let e=this.#e.querySelectorAll(":scope > .visitor"),t=e[e.length-1];t&&this.#t(t)}#s(e){let t=new N(this.#i,e.lang);return o("div",{...u(e.lang),class:"message desk",part:"message reply","data-kind":e.kind},o("span",{class:"unseen"},t.say(`${t.labels.title}:`)," "),...e.blocks.map(r=>Fe(r,t)),e.source&&un(e.source,t),e.suggestions.length?xe(e.suggestions,t):null)}#t(e){for(let t of this.#r){let r=Number.parseFloat(getComputedStyle(t).scrollPaddingTop)||0;t.scrollTop+=e.getBoundingClientRect().top-t.getBoundingClientRect().top-r}}};function un(n,e){let{labels:t}=e,r=n.url?e.link(n.url,{},n.title):n.title,i=[];n.as_of&&i.push(`${t.asOf} ${e.shortDate(n.as_of)}`),n.checked_on&&i.push(`${t.checkedOn} ${e.shortDate(n.checked_on)}`);let s=[i.join(", "),n.revision===null?"":`${t.revision} ${n.revision}`];return o("p",{class:"source",part:"source"},o("span",{},e.say(t.source)," ",r),...s.filter(a=>a!=="").map(a=>o("span",{},e.say(a))))}var v=1e3;function Ae(n,e){let t=o("button",{type:"button",class:"launcher",part:"launcher","aria-expanded":"false","aria-haspopup":"dialog","aria-controls":"panel"},p("ask"),n.launcher),r=o("button",{type:"button",class:"quiet",part:"close"},p("close"),n.close),i=o("select",{},...z.map(I=>o("option",{value:I,...u(I)},ee(I))));i.value=n.lang;let s=o("div",{class:"header",part:"header"},o("div",{class:"heading"},o("h2",{id:"title"},n.title),o("p",{id:"subtitle"},n.subtitle)),r,o("label",{class:"language",part:"language"},p("globe"),n.language,i)),a=o("div",{class:"log",part:"log",role:"log","aria-live":"polite","aria-labelledby":"title",tabindex:"0"}),c=o("p",{class:"status",role:"status"}),d=o("p"),y=o("button",{type:"button",class:"quiet",hidden:""},n.retry),m=o("div",{class:"help",hidden:""},o("slot")),b=o("div",{class:"alert",part:"alert",role:"alert"},d,m,y),D=o("textarea",{id:"question",part:"input",rows:"2",dir:"auto",maxlength:String(v),enterkeyhint:"send",autocomplete:"off","aria-describedby":"counter"}),G=o("p",{id:"counter",class:"counter","aria-live":"polite"}),$=o("button",{type:"submit",class:"primary",part:"send"},n.send),U=o("form",{class:"form",part:"form"},o("label",{for:"question"},n.question),o("div",{class:"row"},D,$),G),V=o("button",{type:"button"},n.clear),Be=o("div",{class:"footer",part:"footer"},Ne(n.privacy,`${e}/datenschutz`,n),Ne(n.accessibility,`${e}/barrierefreiheit`,n),V),W=o("div",{id:"panel",class:"panel",part:"panel",role:"dialog","aria-labelledby":"title","aria-describedby":"subtitle",hidden:""},s,a,c,b,U,Be);return{root:o("section",{...u(n.lang),class:"root","aria-label":n.title},t,W),launcher:t,panel:W,close:r,language:i,log:a,status:c,alert:b,alertText:d,help:m,retry:y,form:U,input:D,counter:G,send:$,clear:V}}function Ne(n,e,t){return o("a",{href:e,target:"_blank",rel:"noopener"},n,o("span",{class:"unseen"},` ${t.newWindow}`))}var hn=800,mn=200,He=50,H=class{#e;#r;#n;lang;#i;#s;#t;#a;#p=new AbortController;#l=null;#c=null;#o=null;#b=!1;#h=null;#m=null;#w=null;constructor(e,t,r,i){this.#e=e,this.#r=t,this.#n=r,this.lang=i,this.#i=_(i),this.#s=new E(r.server),this.#t=Ae(this.#i,r.server),this.#a=new A(this.#t.log,[this.#t.log,this.#t.panel],this.#i,r.server)}start(){let{launcher:e,close:t,language:r,panel:i,log:s,form:a,input:c,retry:d,clear:y}=this.#t,{signal:m}=this.#p;e.addEventListener("click",()=>this.#e.open=!0,{signal:m}),t.addEventListener("click",()=>this.#e.open=!1,{signal:m}),r.addEventListener("change",()=>this.#e.speak(r.value),{signal:m}),i.addEventListener("keydown",b=>this.#E(b),{signal:m}),s.addEventListener("click",b=>this.#M(b),{signal:m}),a.addEventListener("submit",b=>this.#C(b),{signal:m}),c.addEventListener("input",()=>this.#d(),{signal:m}),d.addEventListener("click",()=>this.#S(),{signal:m}),y.addEventListener("click",()=>this.#L(),{signal:m}),c.value=this.#n.draft,this.#r.replaceChildren(this.#t.root)}destroy(){let e=this.#o?.typed?this.#o.said:"";this.#n.draft=this.#t.input.value||e,this.#p.abort(),this.#y(),this.#r.replaceChildren()}show({takeFocus:e}){let{launcher:t,panel:r,input:i}=this.#t;this.#m=fn(this.#e),this.#b||(this.#b=!0,this.#a.show(this.#n.lines)),r.hidden=!1,t.hidden=!0,t.setAttribute("aria-expanded","true"),this.#a.bringUpLatest(),this.#d(),e&&i.focus(),this.#n.lines.length===0&&this.#f()}focusLanguage(){this.#t.language.focus()}hide(){let{launcher:e,panel:t}=this.#t,r=t.contains(this.#r.activeElement);this.#y(),this.#g(),e.hidden=!1,e.setAttribute("aria-expanded","false"),t.hidden=!0,r&&(this.#m?.isConnected?this.#m:e).focus()}ask(e){let{input:t}=this.#t,r=e.trim();this.#o||r.length>v?(t.value=r,this.#d()):r&&this.#u({send:r,said:r,typed:!1})}async#f(){this.#l?.abort(),this.#l=new AbortController,this.#g();try{let e=await this.#s.greeting(this.lang,this.#l.signal);this.#n.begin(e),this.#a.addGreeting(e)}catch(e){this.#n.lines.length===0&&!this.#o&&this.#k(e,()=>{this.#f()})}}async#u(e){if(this.#o)return;this.#o=e,this.#c=new AbortController;let{input:t,send:r,status:i}=this.#t;this.#g(),r.setAttribute("aria-disabled","true");let s=this.#a.addQuestion(e.said);e.typed&&(t.value=""),this.#d();let a=setTimeout(()=>i.textContent=this.#i.waiting,hn);try{let c=await this.#x(e,this.#c.signal);this.#o===e&&this.#_(e,c)}catch(c){if(s(),this.#o!==e)return;this.#o=null,e.typed&&t.value===""&&(t.value=e.said),this.#d(),this.#k(c,()=>this.#T(e))}finally{clearTimeout(a),this.#o===e&&(this.#o=null),this.#o||r.removeAttribute("aria-disabled"),i.textContent===this.#i.waiting&&(i.textContent="")}}async#x({send:e},t){let{conversation:r}=this.#n,i={text:e,lang:this.lang,conversation:r};try{return await this.#s.ask(i,t)}catch(s){if(!(s instanceof f&&s.code==="invalid_conversation")||r===null||t.aborted)throw s;return this.#n.loseThread(),this.#s.ask({...i,conversation:null},t)}}#_(e,t){this.#n.add({by:"visitor",text:e.said},{by:"desk",reply:t}),this.#n.conversation=t.conversation,this.#n.keep(),this.#a.addReply(t);let{kind:r,lang:i,service:s,facet:a,answer_id:c}=t;q(this.#e,"reply",{kind:r,lang:i,service:s,facet:a,answer_id:c})}#T(e){let{input:t}=this.#t,r=e.typed&&t.value.trim()?t.value.trim():e.send;this.#u(e.typed?{send:r,said:r,typed:!0}:e)}#k(e,t){if(!(e instanceof f))throw e;if(e.kind==="aborted")return;let{alertText:r,retry:i,help:s}=this.#t,a=e.kind==="refused",{offline:c,unreachable:d}=this.#i;r.textContent=e.sentence??(e.kind==="offline"?c:d),this.#h=a?null:t,i.hidden=a,s.hidden=a||e.kind==="busy"||this.#e.childElementCount===0}#g(){let{alertText:e,retry:t,help:r,status:i}=this.#t;e.textContent="",i.textContent="",t.hidden=!0,r.hidden=!0,this.#h=null}#y(){this.#l?.abort(),this.#c?.abort()}#L(){this.#o=null,this.#y(),this.#n.clear(),this.#t.input.value="",this.#a.show([]),this.#d(),this.#f(),this.#v(this.#t.clear,!0)}#d(){let{input:e,counter:t}=this.#t,r=v-e.value.length,i="";r<=0?i=this.#i.tooLong:r<=mn&&(i=`${v-Math.ceil(r/He)*He} / ${v}`),t.textContent!==i&&(t.textContent=i)}#E(e){e.isComposing||(e.key==="Escape"?(e.stopPropagation(),this.#e.open=!1):e.key==="Enter"&&!e.shiftKey&&e.target===this.#t.input&&(e.preventDefault(),this.#t.form.requestSubmit()))}#C(e){e.preventDefault();let{input:t}=this.#t,r=t.value.trim();r&&r.length<=v?this.#u({send:r,said:r,typed:!0}):t.focus()}#S(){this.#t.input.focus(),this.#h?.()}#M(e){let t=e.target instanceof Element?e.target.closest("button"):null;if(!t||t.hasAttribute("aria-disabled"))return;let{send:r,action:i}=t.dataset;r?this.#u({send:r,said:t.textContent??r,typed:!1}):i==="copy"?this.#F(t):i==="print"&&(this.#w?.remove(),this.#w=be(t,this.#r))}async#F(e){let t=await ye(e);this.#v(e,t)}#v(e,t){let{done:r,failed:i}=this.#i;this.#t.status.textContent=`${e.textContent}: ${t?r:i}`}};function q(n,e,t=null){n.dispatchEvent(new CustomEvent(`auskunft-chat:${e}`,{bubbles:!0,composed:!0,detail:t}))}function fn(n){let{activeElement:e}=document;return e instanceof HTMLElement&&e!==document.body&&e!==n?e:null}var gn=40,R=class{server;lines=[];conversation=null;lang=null;draft="";#e;constructor(e){this.server=e,this.#e=`auskunft-chat:${e}`}restore(){if(this.lines.length>0)return;let e=this.#r(t=>t.getItem(this.#e));if(e)try{let t=JSON.parse(e);if(!h(t))return;this.lines.push(...g(t.lines,yn)),this.conversation=l(t.conversation),this.lang??=l(t.lang)}catch{}}begin(e){this.lines.length===0&&(this.conversation??=e.conversation),this.lines.unshift({by:"desk",reply:e})}add(...e){this.lines.push(...e),this.lines.splice(0,this.lines.length-gn)}keep(){let e=JSON.stringify({lines:this.lines,conversation:this.conversation,lang:this.lang});this.#r(t=>t.setItem(this.#e,e))}speak(e){this.lang=e,this.lines.every(({by:t})=>t==="desk")&&(this.lines.length=0,this.conversation=null),this.keep()}loseThread(){this.conversation=null,this.keep()}clear(){this.lines.length=0,this.conversation=null,this.draft="",this.#r(e=>e.removeItem(this.#e))}#r(e){try{return e(sessionStorage)}catch{return null}}};function yn(n){if(!h(n))return null;if(n.by==="visitor"){let t=l(n.text);return t?{by:"visitor",text:t}:null}let e=L(n.reply);return e?{by:"desk",reply:e}:null}var qe=document.currentScript?.src??"",B=class extends HTMLElement{static observedAttributes=["open","lang","server","theme"];#e;#r;#n=null;#i=null;constructor(){super(),this.#r=this.attachShadow({mode:"open"}),this.#e=new M(this.#r)}get open(){return this.hasAttribute("open")}set open(e){this.toggleAttribute("open",e)}ask(e){this.open=!0,this.#n?.ask(e)}connectedCallback(){this.#e.theme(this.getAttribute("theme")),this.#s(),this.open&&q(this,"open")}disconnectedCallback(){this.#c()}attributeChangedCallback(e,t,r){if(e==="theme"&&this.#e.theme(r),!(t===r||!this.#n)){if(e==="open"){let i=r!==null;if(i===(t!==null))return;i?this.#a({takeFocus:!0}):this.#n.hide(),q(this,i?"open":"close")}(e==="lang"||e==="server")&&this.#p()}}speak(e){this.#i?.speak(e),this.#p(),this.#n?.focusLanguage()}#s(){this.#t(),this.open&&this.#a({takeFocus:!1})}#t(){let e=this.#o();this.#i?.server!==e&&(this.#i=new R(e)),this.#n=new H(this,this.#r,this.#i,this.#l()),this.#n.start()}#a(e){this.#i?.restore(),this.#n?.lang!==this.#l()&&(this.#c(),this.#t()),this.#n?.show(e)}#p(){this.#c(),this.#s()}#l(){return O(this.#i?.lang??X(this))}#c(){this.#n?.destroy(),this.#n=null}#o(){let e=qe?new URL(qe).origin:location.origin;try{let{protocol:t,origin:r,pathname:i}=new URL(this.getAttribute("server")||e,location.href);if(t==="https:"||t==="http:")return(r+i).replace(/\/+$/,"")}catch{}return e}};var Re="auskunft-chat",bn="adoptedStyleSheets"in Document.prototype;bn&&!customElements.get(Re)&&customElements.define(Re,B);})();
