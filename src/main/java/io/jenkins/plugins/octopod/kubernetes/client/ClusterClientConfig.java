package io.jenkins.plugins.octopod.kubernetes.client;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.util.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Configures a client for a cluster with credentials. Create an instance for each use, so that only the client that
 * needs the secrets keeps them.
 */
@ModuleInternal
public final class ClusterClientConfig {

    /** Salt that is new after each start, so that a guess can’t be compared with a fingerprint. */
    private static final byte[] SALT = bytes(UUID.randomUUID().toString());

    private static final int CONNECTION_TIMEOUT = 5_000;
    private static final int REQUEST_TIMEOUT = 10_000;

    @CheckForNull
    private final StandardCredentials credentials;

    private final InClusterServiceAccount pod;

    /**
     * Creates the configuration.
     *
     * @param credentials credentials for the cluster. If null, the endpoint’s server is contacted without credentials;
     *     without a server, the service account of Jenkins’ pod is used
     */
    public ClusterClientConfig(@CheckForNull StandardCredentials credentials) {
        this(credentials, ControllerAccount.get().account());
    }

    public ClusterClientConfig(@CheckForNull StandardCredentials credentials, InClusterServiceAccount pod) {
        this.credentials = credentials;
        this.pod = pod;
    }

    /**
     * Returns a hash of the credentials and the proxy, which changes when one of them changes. It doesn’t reveal them.
     */
    public String fingerprint() throws ClusterException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(SALT);
            ProxyConfiguration proxy = Jenkins.get().getProxy();
            if (proxy != null) {
                digest.update(bytes(String.join(
                        "\n",
                        proxy.getName() + ':' + proxy.getPort(),
                        Util.fixNull(proxy.getNoProxyHost()),
                        Util.fixNull(proxy.getUserName()),
                        Secret.toString(proxy.getSecretPassword()))));
            }
            if (credentials instanceof StringCredentials token) {
                digest.update(bytes(token.getSecret().getPlainText()));
            } else if (credentials instanceof StandardUsernamePasswordCredentials login) {
                digest.update(
                        bytes(login.getUsername() + '\n' + login.getPassword().getPlainText()));
            } else if (credentials instanceof StandardCertificateCredentials certificate) {
                digest.update(bytes(certificatePem(certificate) + keyPem(certificate)));
            } else if (credentials instanceof FileCredentials file) {
                digest.update(bytes(content(file)));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new ClusterException(Messages.ClusterClientConfig_unreadable(id(), e.getMessage()), e);
        }
    }

    /**
     * Returns the client’s configuration. Nothing comes from the environment or home directory of the Jenkins process,
     * unless the service account of Jenkins’ pod is used.
     *
     * @throws ClusterException if the settings or credentials can’t be used, or an administrator must allow their use
     *     first
     */
    public Config config(ClusterEndpoint endpoint) throws ClusterException {
        ConfigBuilder config = new ConfigBuilder(
                credentials instanceof FileCredentials file ? KubeconfigParser.read(content(file)) : Config.empty());
        boolean asThePod = credentials == null && endpoint.server() == null;
        if (endpoint.server() != null) {
            config.withMasterUrl(ServerAddress.require(endpoint.server()));
        } else if (asThePod) {
            config.withMasterUrl(pod.server()).withOauthTokenProvider(pod::token);
        } else if (!(credentials instanceof FileCredentials)) {
            throw ClusterException.unrestricted(Messages.ClusterClientConfig_noServer());
        }
        String authority = endpoint.caCertificate();
        if (authority != null) {
            requireCertificate(authority);
            config.withCaCertFile(null).withCaCertData(base64(authority));
        } else if (asThePod) {
            config.withCaCertFile(pod.authorityFile());
        }
        try {
            login(config);
        } catch (GeneralSecurityException e) {
            throw new ClusterException(Messages.ClusterClientConfig_unreadable(id(), e.getMessage()), e);
        }
        requireLimitable(config.getHttpProxy());
        requireLimitable(config.getHttpsProxy());
        if (!asThePod) {
            goThroughProxy(config);
        }
        return config.withConnectionTimeout(CONNECTION_TIMEOUT)
                .withRequestTimeout(REQUEST_TIMEOUT)
                .withRequestRetryBackoffLimit(1)
                // The limits on responses work with HTTP/1.1 only.
                .withHttp2Disable(true)
                .withMaxConcurrentRequestsPerHost(config.getMaxConcurrentRequests())
                .withUserAgent("Octopod for Jenkins")
                .build();
    }

    /** Refuses SOCKS proxies, because the client creates sockets to them without a limit. */
    private static void requireLimitable(@CheckForNull String proxy) throws ClusterException {
        if (proxy != null && proxy.trim().toLowerCase(Locale.ROOT).startsWith("socks")) {
            throw ClusterException.unrestricted(Messages.ClusterClientConfig_socks());
        }
    }

    private void login(ConfigBuilder config) throws GeneralSecurityException {
        if (credentials instanceof StringCredentials token) {
            config.withOauthToken(token.getSecret().getPlainText());
        } else if (credentials instanceof StandardUsernamePasswordCredentials login) {
            config.withUsername(login.getUsername())
                    .withPassword(login.getPassword().getPlainText());
        } else if (credentials instanceof StandardCertificateCredentials certificate) {
            Key key = key(certificate);
            config.withClientCertData(base64(certificatePem(certificate)))
                    .withClientKeyData(base64(keyPem(certificate)))
                    .withClientKeyAlgo(key.getAlgorithm());
        }
    }

    /** Uses Jenkins’ proxy, if it applies to the server and the kubeconfig names no other. */
    private static void goThroughProxy(ConfigBuilder config) {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        String host = host(config.getMasterUrl());
        if (proxy == null
                || host == null
                || config.getHttpsProxy() != null
                || proxy.createProxy(host).type() == Proxy.Type.DIRECT) {
            return;
        }
        String address = "http://" + proxy.getName() + ':' + proxy.getPort();
        config.withHttpProxy(address).withHttpsProxy(address);
        if (proxy.getUserName() != null) {
            config.withProxyUsername(proxy.getUserName()).withProxyPassword(Secret.toString(proxy.getSecretPassword()));
        }
    }

    /** Returns the host of the address; null if it has none. */
    @CheckForNull
    private static String host(@CheckForNull String address) {
        try {
            return address == null ? null : new URI(address.trim()).getHost();
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private String id() {
        return credentials == null ? "" : credentials.getId();
    }

    private static String content(FileCredentials file) throws ClusterException {
        try (InputStream content = file.getContent()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ClusterException(Messages.ClusterClientConfig_unreadable(file.getId(), e.getMessage()), e);
        }
    }

    private static String alias(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return alias;
            }
        }
        throw new GeneralSecurityException(Messages.ClusterClientConfig_noKey());
    }

    private static Key key(StandardCertificateCredentials certificate) throws GeneralSecurityException {
        KeyStore store = certificate.getKeyStore();
        return store.getKey(
                alias(store), certificate.getPassword().getPlainText().toCharArray());
    }

    private static String keyPem(StandardCertificateCredentials certificate) throws GeneralSecurityException {
        return pem("PRIVATE KEY", key(certificate).getEncoded());
    }

    private static String certificatePem(StandardCertificateCredentials certificate) throws GeneralSecurityException {
        KeyStore store = certificate.getKeyStore();
        StringBuilder chain = new StringBuilder();
        for (Certificate link : store.getCertificateChain(alias(store))) {
            chain.append(pem("CERTIFICATE", link.getEncoded()));
        }
        return chain.toString();
    }

    private static String pem(String what, byte[] encoded) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    /** Refuses text that contains no certificate. The client would accept it and trust no authority. */
    private static void requireCertificate(String pem) throws ClusterException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            if (!factory.generateCertificates(new ByteArrayInputStream(bytes(pem)))
                    .isEmpty()) {
                return;
            }
        } catch (CertificateException e) {
            throw new ClusterException(Messages.ClusterClientConfig_noAuthority(), e);
        }
        throw ClusterException.unrestricted(Messages.ClusterClientConfig_noAuthority());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }
}
