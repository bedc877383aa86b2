// Secures the Jenkins that bin/run starts, with an administrator, a deployer and a reader. Their random passwords, and an API token
// of the deployer, are in a file that only the user who runs bin/run can read. A Jenkins that is secured already is left as it is.
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
if (jenkins.securityRealm != SecurityRealm.NO_AUTHENTICATION) {
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
def accounts = Path.of(System.getProperty('octopod.demo.accounts'))
Files.deleteIfExists(accounts)
if (File.separator == '/') {
    Files.createFile(accounts, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString('rw-------')))
}
accounts.text = (passwords + [token: token]).collect { name, secret -> "$name=$secret\n" }.join()

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
