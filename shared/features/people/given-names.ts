import { fold } from '../../kernel/text.ts';

/** Whether a word is a given name that many people bear; false says nothing, since most names are in no list. */
export function isKnownGivenName(word: string): boolean {
  return KNOWN.has(fold(word).replace(/[^\p{L}'-]/gu, ''));
}

/**
 * Given names that are frequent where these workshops are held, folded. They are evidence for the order of the words in a column of whole names, never for a
 * person's sex. Those that are as often a family name (*Martin*, *Diallo*) are not among them.
 */
const KNOWN: ReadonlySet<string> = new Set(
  [
    // English and anglophone Africa
    'james john robert michael william david richard joseph charles christopher daniel matthew anthony mark donald steven stephen paul andrew joshua kenneth kevin brian george edward',
    'ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan larry justin brandon benjamin samuel gregory frank raymond patrick jack dennis jerry aaron jose adam nathan',
    'henry douglas peter kyle noah ethan jeremy christian walter keith austin roger terry sean gerald carl dylan harold lawrence jesse bryan billy bruce gabriel joe logan alan juan',
    'albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy',
    'betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda',
    'pamela nicole anna samantha katherine christine helen debra rachel carolyn janet maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina',
    'joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann abigail alice kathryn sophia frances jean judy isabella jane kate claire lucy',
    'grace faith hope joy mercy blessing patience comfort prudence charity gift precious godwin emmanuel ebenezer isaac moses joshua caleb solomon felix kofi kwame kwabena kwaku yaw kojo',
    'kwasi ama akosua adwoa abena akua yaa afia esi efua akwasi nana chidi chinedu chukwuemeka emeka ikenna obinna uche ngozi chioma amaka adaeze ifeoma nkechi chinwe oluwaseun olumide',
    'babatunde tunde femi segun yemi kehinde taiwo folake funmilayo bukola adebayo ade musa aminu sani garba usman umar aisha halima hauwa zainab rukayya hadiza maryam wanjiru wambui',
    'njeri wairimu nyambura kamau mwangi njoroge kipchoge chebet jepkosgei atieno achieng akinyi otieno odhiambo onyango wafula nekesa tendai tafadzwa tatenda farai rudo chipo thandiwe',
    'sipho thabo lerato nomsa nomvula zanele sibusiso mandla themba tshepo kagiso naledi refilwe chanda mutale mulenga bwalya chisomo thoko limbani faraja juma rashid hamisi neema rehema',
    'zawadi baraka amani upendo',
    // French and francophone Africa
    'jean pierre michel philippe alain nicolas christophe patrick daniel bernard laurent frederic eric stephane pascal olivier sebastien julien thierry francois antoine jerome guillaume',
    'david christian bruno thomas gilles didier jacques alexandre vincent yves serge gerard herve maxime romain mathieu cedric benoit fabien arnaud louis emmanuel marc luc andre rene',
    'claude dominique franck xavier marie nathalie isabelle sylvie catherine francoise valerie christine monique sophie patricia martine nicole sandrine stephanie celine veronique julie',
    'chantal anne brigitte aurelie florence corinne elodie laurence emilie camille claire helene agnes jacqueline cecile virginie delphine beatrice pauline laure caroline charlotte mathilde',
    'lea manon chloe emma ines juliette louise clarisse rodrigue brice arsene achille aristide prosper fulgence hyacinthe parfait modeste desire boniface gaston blaise pacome romaric',
    'moussa ibrahima ibrahim mamadou mahamadou amadou ousmane oumar omar abdoulaye cheikh modou ibra aliou alioune babacar boubacar bakary seydou souleymane issa idrissa adama lamine',
    'malick mor pape papa serigne saliou samba demba yoro thierno elhadj el-hadj ismaila ismael drissa salif siaka yacouba zoumana tiemoko bourama modibo sekou sidi sidiki karim lassana',
    'awa aissatou aissata aminata fatou fatoumata fatimata fanta mariama mariam maimouna oumou kadiatou kadidia khady khadija ndeye astou coumba rokhaya rama ramata ramatoulaye seynabou',
    'sokhna bineta binta djeneba assetou adja nafissatou safiatou salimata rokia hawa haoua halimatou zeinabou balkissa hadja dieynaba penda sira koumba assa nene tene yaye ndella bintou',
    'akissi adjoua amenan aya affoue koffi kouame konan kouassi yao kouadio kodjo komlan kossi edem afi akouvi dede segla sena oumarou hassane hamidou abdou issoufou harouna ide zara',
    'rosine solange odile nadege clementine honorine philomene perpetue felicite bernadette scholastique apollinaire dieudonne theophile barthelemy innocent celestin gedeon',
    'faustin fidele jean-pierre jean-claude jean-paul jean-marie jean-baptiste jean-luc jean-francois jean-jacques jean-michel anne-marie marie-claire marie-louise marie-christine rakoto',
    // Arabic and North Africa
    'mohamed mohammed muhammad mouhamed mamoudou ahmed ahmad mahmoud mustapha mustafa moustapha youssef youssouf yusuf yousef hassan hussein houssein ali omar khalid khaled said saeed',
    'abdullah abdallah abdelkader abdelaziz abdelkarim abderrahmane abdul rachid rashid hamid hicham karim kamel nabil samir sami tarek tariq walid yassine zakaria bilal anas ayoub amine',
    'imad adil driss jamal jalal nizar riad faisal fahad sultan salman nasser ziad hatem sofiane mehdi reda redouane brahim lahcen fatima fatma zahra khadija aicha amina nadia leila layla',
    'samira rachida latifa naima malika hanane hanan salma sara sanaa souad siham meriem meryem imane asmae hind houda ghita rim rania dina noura nour lina yasmine yasmin zineb hasna loubna',
    'mouna wafa amal iman hajar',
    // Spanish
    'jose juan luis carlos jorge pedro manuel francisco antonio jesus miguel angel alejandro david daniel javier rafael fernando alberto pablo sergio andres roberto ricardo eduardo raul',
    'enrique mario oscar victor hector hugo ruben diego ivan julio cesar ernesto guillermo gustavo arturo armando alfredo alfonso felipe gerardo gonzalo ignacio jaime joaquin marcos mauricio',
    'nicolas omar ramon rodrigo salvador santiago sebastian tomas vicente wilson edgar edwin freddy jhon walter milton nelson maria ana carmen rosa isabel laura marta martha patricia gloria',
    'sandra claudia adriana andrea monica paola diana luz carolina natalia juana luisa lucia elena teresa cristina beatriz margarita alejandra alicia angela angelica blanca cecilia daniela',
    'esperanza estela esther eva gabriela guadalupe ines irene josefa juanita julia leticia liliana lorena lourdes magdalena marcela mercedes miriam norma olga pilar raquel rocio ruth silvia',
    'sofia susana valentina valeria veronica victoria virginia viviana yolanda ximena camila consuelo dolores fernanda graciela',
    // Portuguese
    'joao jose antonio manuel francisco luis carlos paulo pedro jorge miguel rui nuno tiago bruno ricardo andre diogo goncalo duarte afonso henrique joaquim mario sergio vitor fernando helder',
    'filipe hugo marco alexandre eduardo marcos rodrigo lucas mateus rafael gustavo thiago leandro fabio marcelo edson nelson gilberto domingos armindo adelino alcides amilcar celso osvaldo',
    'maria ana isabel helena teresa paula sandra carla sofia catarina ines joana mariana beatriz filipa rita susana cristina fernanda margarida luisa lurdes fatima conceicao rosa graca',
    'celeste adelaide lidia marta patricia vera sonia silvia claudia juliana camila leticia larissa bruna aline vanessa adriana luciana renata',
    // Central and eastern Europe, Balkans, Caucasus, Turkey
    'ivan petar nikola marko stefan milan zoran dragan goran nenad dejan aleksandar vladimir igor sasa bojan branko milos luka filip ante josip tomislav hrvoje zeljko mirko jovan dusan',
    'milica jelena ana ivana marija maja sanja natasa tatjana vesna snezana biljana gordana ljiljana dragana danijela mirjana jasmina amra emina lejla selma azra amela edin emir admir',
    'arben ardian agron bekim besnik blerim driton fatmir ilir besa arta vjosa albana elira sergiu ion andrei mihai alexandru vasile gheorghe constantin elena ioana andreea cristina',
    'natalia olga oleksandr serhii sergey andriy volodymyr mykola dmytro oksana iryna svitlana tetiana yulia kateryna giorgi nino tamar levan davit irakli zurab mariam ketevan armen',
    'hayk tigran narek anahit lusine elchin rashad aysel gunel leyla mehmet mustafa ahmet ayse fatma emine hatice zeynep murat hakan serkan burak anna katarzyna agnieszka malgorzata piotr',
    'krzysztof tomasz pawel marcin michal jan petr jiri zuzana katarina lucie istvan laszlo zoltan gabor',
    // Asia and the Pacific
    'rajesh suresh ramesh mahesh anil sunil sanjay vijay ajay amit rahul rohit ravi arun deepak manoj ashok vinod prakash priya anjali neha pooja sunita anita kavita rekha lakshmi',
    'nimal sunil kamal chaminda ruwan dilani kumari chathura budi agus siti dewi sri nur rizal farid azlan aminah maricel jocelyn rowena jomar rodel sione mele tevita semisi viliame',
    'ana litia sereana ratu jone mosese apisai tomasi losana salote filipo sina tui fa fetu lupe lani',
    // German, Dutch, Italian, Nordic
    'hans klaus jurgen wolfgang dieter heinz uwe jens bernd holger matthias andreas markus florian johannes sabine petra monika gabriele ursula birgit susanne anja katrin heike jan pieter',
    'johan hendrik kees willem maarten sander anneke marieke giuseppe giovanni antonio mario luigi francesco vincenzo paolo marco luca stefano roberto giulia chiara francesca paola elisa lars',
    'anders erik bjorn ole knut ingrid astrid kirsten solveig',
    // Malagasy, Lusophone and other islands, further frequent ones
    'hery lova tiana fara noro vola mamy rivo tojo haja zo nirina hanta lalao soa nomena kodjovi kossiwa ayawa mawuli yawo seth enoch ezekiel gideon hosea eunice priscilla lydia tabitha',
    'dorcas esther naomi miriam deborah leah sandrine ange ghislain gildas yannick steve loic rosalie colette lucienne viviane josiane ginette odette',
  ]
    .join(' ')
    .split(' '),
);
