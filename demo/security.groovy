// Secures the Jenkins that bin/run starts, with an administrator, a deployer and a reader. Their random passwords are in a file, and
// an API token of the deployer in a second one. Only the user who runs bin/run can read them. A Jenkins that is secured already is
// left as it is, but passwords and a token that a user has changed since are removed from the files.
import hudson.model.Item
import hudson.model.User
import hudson.model.View
import hudson.security.GlobalMatrixAuthorizationStrategy
import hudson.security.HudsonPrivateSecurityRealm
import hudson.security.SecurityRealm
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.SecureRandom
import jenkins.model.Jenkins
import jenkins.security.ApiTokenProperty
import org.jenkinsci.plugins.matrixauth.PermissionEntry

def jenkins = Jenkins.get()
// A line NAME=PASSWORD for each account.
def accounts = Path.of(System.getProperty('octopod.demo.accounts'))
// NAME:TOKEN, as curl's and the CLI's options want it.
def tokenFile = Path.of(System.getProperty('octopod.demo.token'))

def write = { Path file, String text ->
    Files.deleteIfExists(file)
    if (File.separator == '/') {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString('rw-------')))
    }
    file.text = text
}

if (jenkins.securityRealm != SecurityRealm.NO_AUTHENTICATION) {
    def property = { String name, Class type -> User.getById(name, false)?.getProperty(type) }
    if (Files.exists(accounts)) {
        def current = jenkins.securityRealm instanceof HudsonPrivateSecurityRealm ? accounts.readLines().findAll { line ->
            def (name, password) = line.split('=', 2)
            property(name, HudsonPrivateSecurityRealm.Details)?.isPasswordCorrect(password)
        } : []
        write(accounts, current.collect { it + '\n' }.join())
    }
    if (Files.exists(tokenFile)) {
        def (name, token) = tokenFile.text.trim().split(':', 2)
        if (!property(name, ApiTokenProperty)?.matchesPassword(token)) {
            Files.delete(tokenFile)
        }
    }
    return
}

def random = new SecureRandom()
def letters = ('a'..'z') + ('2'..'9')
def password = { (1..16).collect { letters[random.nextInt(letters.size())] }.join() }
def passwords = [admin: password(), deployer: password(), reader: password()]
def bytes = new byte[16]
random.nextBytes(bytes)
def token = '11' + bytes.encodeHex()

// Store first, then act: an account whose password is stored nowhere would be of no use.
write(accounts, passwords.collect { name, secret -> "$name=$secret\n" }.join())
write(tokenFile, "deployer:$token")

def realm = new HudsonPrivateSecurityRealm(false)
passwords.each { name, secret -> realm.createAccount(name, secret) }
def deployer = User.getById('deployer', false)
if (deployer.getProperty(ApiTokenProperty) == null) {
    deployer.addProperty(new ApiTokenProperty())
}
deployer.getProperty(ApiTokenProperty).addFixedNewToken('demo', token)
deployer.save()

def read = [Jenkins.READ, Item.READ, View.READ]
def deploy = read + [Item.CREATE, Item.BUILD, Item.CANCEL, Item.DELETE]
def strategy = new GlobalMatrixAuthorizationStrategy()
[admin: [Jenkins.ADMINISTER], deployer: deploy, reader: read].each { name, permissions ->
    permissions.each { strategy.add(it, PermissionEntry.user(name)) }
}
// The web server listens on loopback only, and the agent uses it. A port of its own for agents would be open to other machines.
jenkins.slaveAgentPort = -1
jenkins.authorizationStrategy = strategy
jenkins.securityRealm = realm
jenkins.save()
