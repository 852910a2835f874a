package dev.axiomml.verify.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.SigningKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
  private static final Model<Output> MODEL = Nets.relus(3, 2, 4, 2);
  private static final ProofTree TREE =
      new ProofTree.Split(
          0,
          1,
          0.25f,
          new ProofTree.Leaf(ProofMethod.LINEAR),
          new ProofTree.Split(
              0,
              0,
              -0f,
              new ProofTree.Leaf(ProofMethod.STRUCTURE),
              new ProofTree.Leaf(ProofMethod.EXACT)));

  private static List<Claim> claims() {
    Tensor x = Tensor.of(Shape.of(1, 2), 0.5f, -1f);
    List<Claim> claims = new ArrayList<>();
    for (String text :
        List.of(
            "∀x ∈ [0,1]. output[0] - 2 * output[1] <= 3",
            "∀x. no_nan(output) and (max(output) < 1e30 or not argmax(output) == 1)",
            "∀x ∈ [-1,1]. norm2(output) >= 0.5 implies sum(output) ~= 1")) {
      Theorem<Output> theorem = PropertyText.theorem(text);
      Theorem<Output> resolved = new Theorem<>(new Region.Range(0, 1), theorem.formula());
      Proof proof = new Proof(resolved, ProofSemantics.FLOAT32, TREE);
      claims.add(
          new Claim(theorem, new Verdict.Proved("by \"bounds\" <&>"), Optional.of(proof), 7, 0.25));
    }
    Verdict refuted = new Verdict.Refuted(List.of(x), List.of(MODEL.predict(x)));
    claims.add(open(Claims.robust(x, Claims.l2(0.1)).argmaxStays(), refuted));
    Region box = new Region.Box(x, Tensor.of(Shape.of(1, 2), 1, Float.POSITIVE_INFINITY));
    claims.add(open(new Theorem<>(box, new Formula.True()), new Verdict.Tested(12)));
    claims.add(
        open(Claims.localLipschitz(0.1, 2).everywhere(), new Verdict.Unknown("no rule for it")));
    return claims;
  }

  private static Claim open(Theorem<?> theorem, Verdict verdict) {
    return new Claim(theorem, verdict, Optional.empty(), 0, 1.5);
  }

  @Test
  void a_certificate_is_read_as_it_was_written(@TempDir Path folder) {
    Certificate written = Certificate.of(MODEL, claims());
    written.save(folder.resolve("c.json"));
    Certificate read = Certificate.load(folder.resolve("c.json"));
    assertThat(read.document()).isEqualTo(written.document());
    assertThat(read.toJson()).isEqualTo(written.toJson());
    assertThat(folder.toFile().list()).containsExactly("c.json");
  }

  @Test
  void every_truncated_certificate_is_refused() {
    String text = Certificate.of(MODEL, claims()).toJson();
    for (int end = 0; end < text.length(); end += 7) {
      String cut = text.substring(0, end);
      assertThatThrownBy(() -> Certificate.parse(cut)).isInstanceOf(CertificateException.class);
    }
  }

  @Test
  void a_changed_byte_is_refused_or_read_as_another_certificate() {
    String text = Certificate.of(MODEL, claims()).toJson();
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
      try {
        Certificate.parse(new String(bytes, StandardCharsets.UTF_8)).toJson();
      } catch (CertificateException refused) {
        assertThat(refused.diagnosis().where()).isNotEmpty();
      }
    }
  }

  @Test
  void hostile_json_is_refused() {
    String good = Certificate.of(MODEL, List.of()).toJson();
    List<String> hostile =
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "[".repeat(100_000),
            "{\"a\":".repeat(100_000),
            good + "{}",
            good.replace("\"version\" : 1", "\"version\" : 2"),
            good.replace("\"version\" : 1", "\"version\" : 1, \"version\" : 1"),
            good.replace("\"version\" : 1", "\"version\" : 1, \"extra\" : 1"),
            good.replace("\"claims\" : [ ]", "\"claims\" : [ 1 ]"));
    for (String text : hostile) {
      assertThat(text).isNotEqualTo(good);
      assertThatThrownBy(() -> Certificate.parse(text)).isInstanceOf(CertificateException.class);
    }
  }

  @Test
  void hostile_tensors_and_trees_are_refused() {
    String good = Certificate.of(MODEL, claims()).toJson();
    for (String[] change :
        new String[][] {
          {"\"shape\" : [ 1, 2 ]", "\"shape\" : [ 2147483647, 2147483647, 2147483647, 0 ]"},
          {"\"shape\" : [ 1, 2 ]", "\"shape\" : [ 1, 3 ]"},
          {"\"dtype\" : \"float32\"", "\"dtype\" : \"string\""},
          {"0.1@3e800000 L", "0.1@7fc00000 L"},
          {"0.1@3e800000 L", "0.1@3e800000"},
          {"0.1@3e800000 L", "0.1@3e800000 L L"},
          {"0.1@3e800000 L", "0.1@3e800000 ".repeat(70000)},
          {"0.1@3e800000 L", "0.1@3E800000 L"},
          {"0.1@3e800000 L", "0.01@3e800000 L"},
          {"0.1@3e800000 L", "0.1@3e8000000 L"},
          {"0.1@3e800000 L", "0.1@3e800000  L"}
        }) {
      String text = good.replace(change[0], change[1]);
      assertThat(text).isNotEqualTo(good);
      assertThatThrownBy(() -> Certificate.parse(text)).isInstanceOf(CertificateException.class);
    }
  }

  @Test
  void a_file_that_is_missing_or_no_text_is_refused_with_its_name(@TempDir Path folder)
      throws IOException {
    Path binary = Files.write(folder.resolve("b.json"), new byte[] {(byte) 0xc3, 0x28});
    assertThatThrownBy(() -> Certificate.load(binary)).hasMessageContaining("b.json");
    assertThatThrownBy(() -> Certificate.load(folder.resolve("none.json")))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void a_signature_holds_for_its_key_and_for_no_other_text() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    KeyPair keys = generator.generateKeyPair();
    Certificate signed = Certificate.of(MODEL, claims()).sign(keys);
    Certificate read = Certificate.parse(signed.toJson());
    assertThat(read.verifySignature(keys.getPublic())).isTrue();
    assertThat(read.verifySignature(generator.generateKeyPair().getPublic())).isFalse();
    String changed = signed.toJson().replace("\"samples\" : 7", "\"samples\" : 8");
    assertThat(changed).isNotEqualTo(signed.toJson());
    assertThat(Certificate.parse(changed).verifySignature(keys.getPublic())).isFalse();
    assertThat(Certificate.of(MODEL, claims()).verifySignature(keys.getPublic())).isFalse();
  }

  @Test
  void keys_come_from_pem_files(@TempDir Path folder) throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path secret = pem(folder.resolve("k.pem"), "PRIVATE KEY", keys.getPrivate().getEncoded());
    Path open = pem(folder.resolve("k.pub.pem"), "PUBLIC KEY", keys.getPublic().getEncoded());
    Certificate signed = Certificate.of(MODEL, claims()).sign(SigningKeys.pair(secret, open));
    assertThat(signed.verifySignature(SigningKeys.publicKey(open))).isTrue();
    assertThatThrownBy(() -> SigningKeys.publicKey(secret))
        .isInstanceOf(CertificateException.class);
  }

  private static Path pem(Path path, String label, byte[] key) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(key);
    return Files.writeString(
        path, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }
}
