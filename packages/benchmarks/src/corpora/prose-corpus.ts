import { type Corpus, collectLines, type Line } from "./corpus.ts";
import { plantedKinds } from "./planted-values.ts";
import { Random } from "./random.ts";

const english = [
  "The outage began shortly after nine, when the second availability zone stopped answering health checks.",
  "We had expected the queue to drain within minutes, but the consumers were waiting for a lock that nobody held.",
  "Customers who tried to pay saw a spinner for half a minute, and about one in five gave up.",
  "Once the old configuration was back, latency fell to its usual level and the backlog disappeared by noon.",
  "The lesson is not that caches are bad; it is that an empty cache must never be able to take the database down.",
  "Next week we will rehearse the failover with the support team, who asked for a checklist and a clear owner.",
  "Thank you for your patience, and please reply to this message if the invoice still shows the wrong amount.",
  "As agreed in our last meeting, the contract runs until the end of June and renews for twelve months after that.",
];
const korean = [
  "장애는 오전 아홉 시 직후, 두 번째 가용 영역이 상태 확인에 응답하지 않으면서 시작되었습니다.",
  "대기열이 몇 분 안에 비워질 것으로 예상했지만 소비자들은 아무도 잡고 있지 않은 잠금을 기다리고 있었습니다.",
  "결제를 시도한 고객은 삼십 초 동안 화면이 멈춘 것을 보았고, 다섯 명 중 한 명은 포기했습니다.",
  "이전 설정으로 되돌리자 지연 시간은 평소 수준으로 떨어졌고 정오까지 밀린 작업이 모두 처리되었습니다.",
  "교훈은 캐시가 나쁘다는 것이 아니라, 빈 캐시가 데이터베이스를 쓰러뜨려서는 안 된다는 것입니다.",
  "다음 주에는 지원팀과 함께 장애 조치를 연습하기로 했으며, 점검표와 담당자를 정해 달라는 요청이 있었습니다.",
  "기다려 주셔서 감사합니다. 청구서 금액이 여전히 잘못되어 있으면 이 메일에 회신해 주시기 바랍니다.",
  "지난 회의에서 합의한 대로 계약은 유월 말까지 유효하며 이후 열두 달 동안 연장됩니다.",
];

/** Reports and mails in English; one sentence in a hundred names a mail address or a phone number. */
export function createProseCorpus(seed: number): Corpus {
  return createSentences(seed, english, (value) => [{ text: "You can reach me at " }, value, { text: " all week." }]);
}

/** The same in Korean, with the particle written straight behind the value. */
export function createKoreanCorpus(seed: number): Corpus {
  return createSentences(seed, korean, (value) => [{ text: "담당자 연락처는 " }, value, { text: "입니다." }]);
}

function createSentences(seed: number, sentences: readonly string[], naming: (value: Line[number]) => Line): Corpus {
  const random = new Random(seed);
  const [email, phone] = plantedKinds;
  const values = [email!, phone!].flatMap(({ kind, value }) =>
    Array.from({ length: 12 }, () => ({ text: value(random), kind })),
  );
  return collectLines(() => {
    const length = random.integer(2, 6);
    const paragraph = Array.from({ length }, () => random.pick(sentences)).join(" ");
    const line: Line = [{ text: `${paragraph} ` }];
    return random.fraction() < 0.05 ? [...line, ...naming(random.pick(values))] : line;
  });
}
