import { fold } from '../../../kernel/text.ts';

/** Whether a word is a given name that many people bear; false says nothing, since most names are in no list. */
export function isKnownGivenName(word: string): boolean {
  return KNOWN.has(fold(word).replace(/[^\p{L}'-]/gu, ''));
}

/** Whether a word is a given name that many bear and that is not as often a family name, as *Thomas*, *Robert*, *Rosa* and *Duarte* are. */
export function isSurelyGivenName(word: string): boolean {
  return isKnownGivenName(word) && !ALSO_FAMILY.has(fold(word).replace(/[^\p{L}'-]/gu, ''));
}

/** Whether a word is a family name that many people bear and that is seldom a given one; false says nothing. */
export function isKnownFamilyName(word: string): boolean {
  return FAMILIES.has(fold(word).replace(/[^\p{L}'-]/gu, ''));
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
    'henry douglas peter kyle noah ethan jeremy christian walter keith roger terry sean gerald carl dylan harold lawrence jesse bryan billy bruce gabriel joe alan juan',
    'albert willie elijah randy vincent ralph bobby russell philip eugene mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy',
    'betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda',
    'pamela nicole anna samantha katherine christine helen debra rachel carolyn janet maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina',
    'joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann abigail alice kathryn sophia frances jean judy isabella jane kate claire lucy',
    'grace faith hope joy mercy blessing patience comfort prudence charity gift precious godwin emmanuel ebenezer isaac joshua caleb solomon felix kofi kwame kwabena kwaku yaw kojo',
    'kwasi ama akosua adwoa abena akua yaa afia esi efua akwasi chidi chinedu chukwuemeka emeka ikenna obinna uche ngozi chioma amaka adaeze ifeoma nkechi chinwe oluwaseun olumide',
    'babatunde tunde femi segun yemi kehinde taiwo folake funmilayo bukola adebayo ade aminu aisha halima hauwa zainab rukayya hadiza maryam wanjiru',
    'wairimu nyambura chebet jepkosgei nekesa tendai tafadzwa tatenda farai rudo chipo thandiwe',
    'sipho thabo lerato nomsa nomvula zanele sibusiso mandla themba tshepo kagiso naledi refilwe chanda mutale mulenga bwalya chisomo thoko limbani faraja neema rehema',
    'zawadi baraka amani upendo',
    // French and francophone Africa
    'jean pierre michel philippe alain nicolas christophe patrick daniel laurent frederic eric stephane pascal olivier sebastien julien thierry francois antoine jerome guillaume',
    'david christian bruno thomas gilles didier jacques alexandre vincent yves serge gerard herve maxime romain mathieu cedric benoit fabien arnaud louis emmanuel marc luc andre rene',
    'claude dominique franck xavier marie nathalie isabelle sylvie catherine francoise valerie christine monique sophie patricia martine nicole sandrine stephanie celine veronique julie',
    'chantal anne brigitte aurelie florence corinne elodie laurence emilie camille claire helene agnes jacqueline cecile virginie delphine beatrice pauline laure caroline charlotte mathilde',
    'lea manon chloe emma ines juliette louise clarisse rodrigue brice arsene achille aristide prosper fulgence hyacinthe parfait modeste desire boniface gaston blaise pacome romaric',
    'moussa ibrahima ibrahim mamadou mahamadou amadou ousmane oumar omar abdoulaye cheikh modou ibra aliou alioune babacar boubacar bakary seydou souleymane issa idrissa adama lamine',
    'malick pape papa serigne saliou yoro thierno elhadj el-hadj ismaila ismael drissa salif siaka yacouba zoumana tiemoko bourama modibo sekou sidi sidiki karim lassana',
    'awa aissatou aissata aminata fatou fatoumata fatimata fanta mariama mariam maimouna oumou kadiatou kadidia khady khadija ndeye astou coumba rokhaya rama ramata ramatoulaye seynabou',
    'sokhna bineta binta djeneba assetou adja nafissatou safiatou salimata rokia hawa haoua halimatou zeinabou balkissa hadja dieynaba penda sira koumba assa nene tene yaye ndella bintou',
    'akissi adjoua amenan aya affoue kodjo komlan kossi edem afi akouvi dede segla sena oumarou hassane hamidou abdou issoufou harouna ide zara',
    'rosine solange odile nadege clementine honorine philomene perpetue felicite bernadette scholastique apollinaire dieudonne theophile barthelemy innocent celestin gedeon',
    'faustin fidele jean-pierre jean-claude jean-paul jean-marie jean-baptiste jean-luc jean-francois jean-jacques jean-michel anne-marie marie-claire marie-louise marie-christine',
    // Arabic and North Africa
    'mohamed mohammed muhammad mouhamed mamoudou ahmed ahmad mahmoud mustapha mustafa moustapha youssef youssouf yusuf yousef houssein omar khalid khaled',
    'abdullah abdallah abdelkader abdelaziz abdelkarim abderrahmane abdul rachid hamid hicham karim kamel nabil sami tarek tariq yassine zakaria bilal anas ayoub amine',
    'imad adil driss jamal jalal nizar riad faisal fahad nasser ziad hatem sofiane mehdi reda redouane brahim lahcen fatima fatma zahra khadija aicha amina nadia leila layla',
    'samira rachida latifa naima malika hanane hanan salma sara sanaa souad siham meriem meryem imane asmae hind houda ghita rim rania dina noura nour lina yasmine yasmin zineb hasna loubna',
    'mouna wafa amal iman hajar',
    // Spanish
    'jose juan luis carlos jorge pedro manuel francisco antonio jesus miguel angel alejandro david daniel javier rafael fernando alberto pablo sergio andres roberto ricardo eduardo raul',
    'enrique mario oscar victor hector hugo ruben diego ivan julio cesar ernesto guillermo gustavo arturo armando alfredo alfonso felipe gerardo gonzalo ignacio jaime joaquin marcos mauricio',
    'nicolas omar ramon rodrigo sebastian tomas vicente wilson edgar edwin freddy jhon walter milton nelson maria ana carmen rosa isabel laura marta martha patricia gloria',
    'sandra claudia adriana andrea monica paola diana carolina natalia juana luisa lucia elena teresa cristina beatriz margarita alejandra alicia angela angelica blanca cecilia daniela',
    'esperanza estela esther eva gabriela guadalupe ines irene josefa juanita julia leticia liliana lorena lourdes magdalena marcela mercedes miriam norma olga pilar raquel rocio ruth silvia',
    'sofia susana valentina valeria veronica victoria virginia viviana yolanda ximena camila consuelo fernanda graciela',
    'lautaro belen milagros agustin agustina facundo santino thiago matias micaela tamara nahuel ezequiel emiliano leonel damian maximiliano luciano candela abril julieta jazmin noemi dalma',
    'yamileth yesenia yadira xiomara wendy karla brenda fatima ingrid jazmin johanna katherine lizbeth maribel marisol mayra mireya nayeli noelia nora perla rebeca sara selena vianey jennifer kevin brayan',
    // Portuguese
    'joao jose antonio manuel francisco luis carlos paulo pedro jorge miguel rui nuno tiago bruno ricardo andre diogo goncalo duarte afonso henrique joaquim mario sergio vitor fernando helder',
    'filipe hugo marco alexandre eduardo marcos rodrigo lucas mateus rafael gustavo thiago leandro fabio marcelo edson nelson gilberto armindo adelino alcides amilcar celso osvaldo',
    'maria ana isabel helena teresa paula sandra carla sofia catarina ines joana mariana beatriz filipa rita susana cristina fernanda margarida luisa lurdes fatima conceicao rosa graca',
    'celeste adelaide lidia marta patricia vera sonia silvia claudia juliana camila leticia larissa bruna aline vanessa adriana luciana renata',
    // Central and eastern Europe, Balkans, Caucasus, Turkey
    'ivan petar nikola marko stefan milan zoran dragan goran nenad dejan aleksandar vladimir igor sasa bojan branko milos luka filip ante josip tomislav hrvoje zeljko mirko jovan dusan',
    'milica jelena ana ivana marija maja sanja natasa tatjana vesna snezana biljana gordana ljiljana dragana danijela mirjana jasmina amra emina lejla selma azra amela edin emir admir',
    'arben ardian agron bekim besnik blerim driton fatmir ilir besa arta vjosa albana elira sergiu ion andrei mihai alexandru vasile gheorghe constantin elena ioana andreea cristina',
    'natalia olga oleksandr serhii sergey andriy volodymyr mykola dmytro oksana iryna svitlana tetiana yulia kateryna giorgi nino tamar levan davit irakli zurab mariam ketevan armen',
    'hayk tigran narek anahit lusine elchin rashad aysel gunel leyla mehmet mustafa ahmet ayse fatma emine hatice zeynep murat hakan serkan burak anna katarzyna agnieszka malgorzata piotr',
    'krzysztof tomasz pawel marcin michal jan petr jiri zuzana katarina lucie istvan laszlo zoltan gabor',
    'adela aneta irena lenka hana jana ivana alena veronika tereza eliska barbora klara marketa katerina martina michaela pavla radka jitka vera vaclav frantisek jaroslav josef karel',
    'milan miroslav ondrej pavel radek stanislav tomas vojtech zdenek lubos jakub filip dominik matej ladislav zdenka dagmar libuse ludmila bozena milada',
    'ewa joanna magdalena dorota beata aleksandra iwona grazyna zofia jadwiga halina marek andrzej jerzy tadeusz zbigniew grzegorz mateusz kamil bartosz przemyslaw wojciech jacek lukasz',
    'ali hasan huseyin ibrahim ismail osman yusuf omer ramazan suleyman halil kemal selim ilker cem emre kaan onur umut volkan yavuz metin erdal ercan orhan tolga baris deniz elif esra merve',
    'busra kubra gamze derya ebru ozlem pinar sevgi tugba yasemin nuray gulsen hulya sibel songul aylin ece selin irem melike rabia selahaddin selahattin ummu',
    'dimitrios georgios konstantinos ioannis nikolaos panagiotis vasileios christos athanasios evangelos spyridon andreas stavros eleni maria katerina vasiliki sofia aikaterini',
    'олександр сергій андрій володимир микола дмитро віктор юрій іван михайло василь петро олена оксана ірина світлана тетяна юлія катерина наталія людмила галина анна марія ольга',
    'александр сергей андрей владимир николай дмитрий виктор юрий иван михаил василий алексей евгений елена оксана ирина светлана татьяна юлия екатерина наталья людмила галина мария анастасия',
    'محمد أحمد احمد محمود علي عمر حسن حسين خالد يوسف إبراهيم ابراهيم عبدالله مصطفى سعيد كريم طارق فاطمة عائشة مريم زينب خديجة سارة نور ليلى سلمى هدى أمينة امينة نادية سميرة',
    // Asia and the Pacific
    'rajesh suresh ramesh mahesh anil sunil sanjay vijay ajay amit rahul rohit ravi arun deepak manoj ashok vinod prakash priya anjali neha pooja sunita anita kavita rekha lakshmi',
    'nimal sunil kamal chaminda ruwan dilani chathura budi agus siti dewi sri nur rizal farid azlan aminah maricel jocelyn rowena jomar rodel sione mele tevita semisi viliame',
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

/** Given names that are family names as well; they tell no order. */
const ALSO_FAMILY: ReadonlySet<string> = new Set(
  (
    'thomas robert richard laurent vincent henry bernard simon michel david nicolas francois mathieu andre roger denis olivier gilles arnaud benoit bruno xavier philippe gerard lambert romain ' +
    'vera duarte rosa vicente henrique augusto alexandre alexander anthony douglas solomon bruce joseph alberto rodrigo marcos roman leon angel jesus conceicao lucas daniel charles benjamin afonso franco gregory ' +
    'raymond lawrence russell kelly jordan ryan stefano salvador tomas santiago mariano marek jacob kyle tyler logan paz cruz'
  ).split(' '),
);

/** Family names that are frequent where these workshops are held, folded. */
const FAMILIES: ReadonlySet<string> = new Set(
  [
    'diallo diop ndiaye fall gueye seck sarr sow sy ly ba kane mbaye faye thiam cisse traore toure coulibaly keita kone diarra sidibe sangare doumbia dembele konate camara conde bah ',
    'balde sylla soumah bangoura ouedraogo sawadogo kabore zongo compaore ilboudo some kambou sanou barro yameogo tapsoba kouame kouassi konan koffi yao bamba fofana ouattara soro kouadio',
    'hounkpe dossou adjovi agbeko amegan mensah owusu boateng asante osei appiah agyeman addo ofori amoah antwi acheampong frimpong okafor okeke nwosu eze okonkwo adeyemi adebayo',
    'ogunleye balogun abubakar danjuma obi okoro chukwu otieno odhiambo onyango kamau mwangi njoroge kariuki maina kimani mutua ochieng omondi achieng banda phiri mwale tembo zulu ncube',
    'moyo dlamini nkosi khumalo mokoena molefe ndlovu nguema mbarga nkoulou ngono essomba atangana kamga fotso tchoua mboumba obame ondo mba moukala itoua kabongo tshibangu mukendi ilunga',
    'kasongo mutombo ngoy nzuzi rakotomalala rakoto rakotoarisoa randria rasoa andria benali alaoui idrissi bennani tazi fassi berrada chraibi haddad mansouri trabelsi bensalah',
    'garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez jimenez ruiz hernandez diaz munoz alvarez romero gutierrez navarro torres dominguez vazquez ramos',
    'ramirez serrano blanco molina morales suarez ortega delgado castro ortiz rubio marin sanz medina castillo cortes garrido guerrero cano prieto mendez calvo gallego herrera flores',
    'cabrera campos vega fuentes carrasco reyes caballero nieto aguilar hidalgo gimenez ibanez ferrer duran benitez vargas mora arias carmona crespo soto',
    'acevedo acosta aguirre alfaro andrade arroyo avila ayala barrios becerra bermudez bravo bustamante caceres calderon camacho cardenas carrillo castaneda castellanos cervantes chacon cisneros',
    'contreras coronado correa cuellar davila echeverria escobar esparza espinosa estrada figueroa gallardo galvan gamboa giron godoy guevara henriquez hurtado jaramillo juarez lozano maldonado marquez',
    'mejia melendez meza mondragon montenegro montoya naranjo narvaez ochoa ojeda olivares orozco osorio ospina pacheco padilla palacios pineda ponce portillo quintero rincon rios',
    'robles roldan rosales salas salcedo saldana salinas sandoval sepulveda serna sierra solano solis sosa tapia tejada toledo trejo trujillo urbina uribe valdez valencia valenzuela valverde vasquez',
    'velasquez velez villalobos villanueva villegas zambrano zamora zapata zavala zuniga',
    'velasco parra rojas quispe mamani condori huaman flores chavez mendoza espinoza salazar guzman cordova paredes rivera silva santos ferreira pereira oliveira costa rodrigues martins ',
    'sousa souza fernandes goncalves gomes lopes marques alves almeida ribeiro pinto carvalho teixeira moreira correia mendes nunes soares vieira monteiro cardoso rocha raposo neves coelho',
    'cruz cunha pires ramos reis simoes antunes matos fonseca machado araujo barbosa tavares lourenco azevedo figueiredo dias semedo varela evora machava mondlane cossa nhantumbo tembe',
    'smith jones williams brown davies evans wilson thomson johnson roberts robinson wright thompson hughes edwards green hall harris clarke wood turner hill  ',
    'campbell mitchell nguyen tran le pham hoang huynh wang zhang chen liu yang huang zhao wu zhou xu sun zhu lin guo luo gao zheng kim lee park choi jung kang cho yoon jang lim han',
    'tan lim ng goh teo koh ong chua toh wong chan low yeo ang foo lau leong cheong tay chong chia seah quek heng yap loh ho chow cheung kwok poon lam tang fung mak siu tsang yip',
    'shin seo kwon hwang ahn song jeon hong tanaka suzuki sato takahashi watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki kumar singh sharma gupta patel reddy khan hossain',
    'rahman ahmed islam silva perera jayasinghe bandara dissanayake muller schmidt schneider fischer weber meyer wagner becker schulz hoffmann koch bauer richter klein wolf schroder',
    'rossi russo ferrari esposito bianchi colombo ricci greco gallo conti dubois durand dupont moreau lefebvre leroy roux fournier girard bonnet lambert fontaine rousseau',
    'petrovic jovanovic nikolic markovic djordjevic stojanovic ilic popovic pavlovic kovacevic hoxha shehu kola krasniqi gashi berisha popescu ionescu popa radu dumitrescu ivanov petrov georgiev',
    'dimitrov stoyanov kowalski nowak wisniewski novak horvat kovac yilmaz kaya demir celik sahin dogan harutyunyan sargsyan hovhannisyan mammadov aliyev huseynov kapanadze beridze shevchenko',
    'kovalenko bondarenko tkachenko melnyk jansen devries bakker visser smit andersson johansson karlsson nilsson hansen olsen larsen berg nielsen jensen pedersen rakotondrabe santosa wijaya',
  ]
    .join(' ')
    .split(' '),
);
