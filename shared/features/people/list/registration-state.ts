import { fold } from '../../../kernel/text.ts';

/**
 * Whether a state of registration says that the person comes: `kept` (confirmed, paid, completed, yes), `out` (withdrawn, rejected, cancelled, waiting, not yet
 * approved, no, perhaps); null where it is no such word.
 */
export function stateOf(text: string): 'kept' | 'out' | null {
  const key = fold(text).replace(/[^\p{L}]+/gu, '');
  if (key === '' || key.length > 40) return null;
  if (KEPT.has(key)) return 'kept';
  return OUT.has(key) || OUT_STARTS.some((start) => key.startsWith(start)) ? 'out' : null;
}

/** Whether a text is a bare answer, whatever was asked (*yes*, *no*): a state only where the heading says so. */
export function isBareAnswer(text: string): boolean {
  return ANSWERS.has(fold(text).replace(/[^\p{L}]+/gu, ''));
}

const ANSWERS: ReadonlySet<string> = new Set(
  'yes,oui,si,sim,ok,y,no,non,nao,n,maybe,perhaps,tentative,peutetre,talvez,quiza,quizas'.split(','),
);

const OUT_STARTS: readonly string[] =
  'withdr,reject,cancel,declin,waitlist,waitinglist,onwaiting,awaiting,pending,notapproved,unconfirmed,notconfirmed,desist,rejet,refus,annul,enattente,listedattente,nonconfirm,nonretenu,nonvalid,rechaz,anulad,enespera,pendiente,listadeespera,noconfirmad,noadmitid,retirad,rejeitad,cancelad,emespera,pendente,listadeespera,naoconfirmad,naoadmitid,desistiu,recusad,denied,denegad,indeferid,duplic,doublon,bloque,bloquead,blocked,dropped,dropout,renunci,anula,cancelo,abandon,impay,impag,nopagad,naopag,nopag,noasist,noparticip,nevientpas,neviendra,exclu,unsubscrib,expired,refunded,noshow,excluded,notattending,nonadmis,retire,renonc,rembours'.split(
    ',',
  );
const OUT: ReadonlySet<string> = new Set(
  'no,non,nao,n,maybe,perhaps,tentative,peutetre,talvez,quiza,quizas,unsure,undecided,indecis,indeciso,aconfirmar,aconfirmer,tobeconfirmed,tbc,waiting,queued,notselected,unpaid,declinado,baja,espera,suspended,suspendu,deleted,supprime,eliminado,removed,draft,brouillon'.split(
    ',',
  ),
);
const KEPT: ReadonlySet<string> = new Set(
  (
    'completed,complete,confirmed,confirm,approved,accepted,registered,paid,active,selected,admitted,attending,enrolled,checkedin,valid,validated,ok,yes,unmoderated,going,' +
    'confirme,confirmee,approuve,approuvee,accepte,acceptee,inscrit,inscrite,paye,payee,actif,active,retenu,retenue,admis,admise,valide,validee,termine,oui,present,presente,presents,presentes,confirmes,vient,viendra,participe,participera,assiste,assistera,confirms,attends,attended,comes,coming,invited,notcheckedin,' +
    'confirmado,confirmada,aprobado,aprobada,aceptado,aceptada,inscrito,inscrita,pagado,pagada,activo,activa,seleccionado,seleccionada,admitido,admitida,completado,si,confirma,confirman,confirmo,acepta,acepto,asiste,asistira,asistio,viene,vendra,participa,participara,invitado,invitada,' +
    'aprovado,aprovada,aceite,aceito,aceita,pago,paga,ativo,ativa,selecionado,selecionada,validado,validada,concluido,sim,confirmou,confirmam,aceita,aceitou,vem,vira,participara,comparece,convidado,convidada,conviteenviado'
  ).split(','),
);
