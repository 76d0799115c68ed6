package dev.workerpool.testing.signing;

import dev.workerpool.testing.jobs.Pem;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key to sign tasks with and the certificate that names it, signed by itself; both in PEM. */
public record SigningKey(String keyPem, String certificatePem) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public static SigningKey rsa(Duration validFor) {
        return of("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4), "SHA256withRSA", validFor);
    }

    /** Of a kind that Celery does not sign with. */
    public static SigningKey ellipticCurve() {
        return of("EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSA", Duration.ofDays(1));
    }

    private static SigningKey of(String kind, AlgorithmParameterSpec size, String algorithm, Duration validFor) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(size);
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=signs tasks");
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(120, RANDOM),
                    Date.from(now.minus(Duration.ofDays(2))),
                    Date.from(now.plus(validFor)),
                    name,
                    keys.getPublic());
            return new SigningKey(
                    Pem.of("PRIVATE KEY", keys.getPrivate().getEncoded()),
                    Pem.of(new JcaX509CertificateConverter()
                            .getCertificate(
                                    builder.build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate())))));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[a key and its certificate]";
    }
}
