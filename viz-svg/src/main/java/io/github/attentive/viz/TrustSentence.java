package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.TrustCard;

/** What a report says of how far an explanation's weights can be believed. */
final class TrustSentence {
  private TrustSentence() {}

  static String of(Explanation explanation, TrustCard trust) {
    StringBuilder sentence = new StringBuilder();
    sentence
        .append("Weights by ")
        .append(explanation.attribution().method().id())
        .append(" are ")
        .append(trust.verdict().id().replace('-', ' '))
        .append(": comprehensiveness ")
        .append(decimals(trust.comprehensiveness()))
        .append(", sufficiency ")
        .append(decimals(trust.sufficiency()));
    trust.looTau().ifPresent(tau -> sentence.append(", leave-one-out tau ").append(decimals(tau)));
    sentence
        .append(", above ")
        .append(decimals(trust.randomPercentile()))
        .append(" % of random orders, entropy ")
        .append(decimals(trust.entropy()))
        .append(", on special tokens ")
        .append(decimals(trust.specialMass()));
    trust
        .completeness()
        .ifPresent(error -> sentence.append(", completeness error ").append(decimals(error)));
    return sentence.append('.').toString();
  }

  private static String decimals(double value) {
    return Decimals.significant(value);
  }
}
