package dev.axiomml.verify.fuzz;

/** The long form: seed, then milliseconds. */
public final class CertificateCampaign {
  private CertificateCampaign() {}

  /** Runs the fuzzer. */
  public static void main(String[] arguments) {
    CertificateFuzz.run(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
  }
}
